// Package packages keeps the modules that came as packages: the files, who
// signed them, and what the operator granted them.
//
// The files are in a store that is named by content and never written twice:
//
//	<dir>/sha256-<digest of the package>/
//	    index.json, signature    as in the package
//	    <id>/                    module.yaml, locales/, share/, the executable
//	                             for this platform: the folder of a module
//
// A package comes to its place by one rename, after every byte of it was
// checked and is on disk. Files and folders are read-only, and whoever opens a
// package checks all of it again, against the index and against the trust of
// today: a changed byte, a key or a package that was revoked since refuse it.
//
// What is installed is a record in the core's store, [Installed], written in
// one transaction with its line in the journal. Files without a record harm
// nobody and can be swept away.
package packages
