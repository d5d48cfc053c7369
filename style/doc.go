// Package style holds the tests of the house's manners: import directions,
// documentation, size of files, linters and generated code. It has no code.
package style
