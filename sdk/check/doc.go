// Package check examines the folder of a module before it leaves its vendor:
// manifest, words, code, tests, permissions without a test, the suite that every
// module must pass, and the size of the executable.
//
//	for _, c := range check.Run(ctx, ".") { … }
//
// It runs the go command in the folder and needs no network beyond the module
// cache. `preau plugin check` is its command line.
package check
