// Package wire is sdk/wire as it was when protocol 1 was the last one (commit
// d7cf064), for the module beside it. It never changes.
package wire
