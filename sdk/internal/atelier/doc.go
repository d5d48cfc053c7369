// Package atelier is a module for the tests of the SDK: it does, on demand,
// everything a module can do well or badly.
package atelier
