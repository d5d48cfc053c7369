// Command build writes docs/reference from what the code itself says: the JSON
// Schema of the manifest, the comments of the builders of package ui, of the
// clients of package sdk, of the .proto files and of the kinds of errors. Run
// from the root of the repository:
//
//	go run ./docs/build
//
// The page of the command line is written by the tests of cmd/preau, which alone
// knows its verbs.
package main
