// Package confine starts modules as prisoners: the core executes itself again,
// as launcher, in namespaces of its own; the launcher gives up, step by step,
// all that the module is not to have, and then executes it.
package confine
