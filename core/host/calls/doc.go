// Package calls keeps the call handles: 128 random bits that stand for one call
// of one module by one viewer, while that call lasts. A module that keeps a
// handle, guesses one or borrows another module's gets nothing.
package calls
