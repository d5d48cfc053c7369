// Package core is Préau as a library: who you are (identity), what you may do
// (access), what your home page shows (home) and the host of the modules that
// do everything else.
//
//	c, err := core.New(ctx, core.Config{Data: "data", Modules: []string{"bin/modules"}})
//	…
//	err = c.Serve(ctx) // until ctx ends; then everything stops in order
//
// New opens the store and reads the modules' manifests: all of the
// administration works from then on, nothing runs. Serve starts the module
// processes and answers requests. Close lets go of the data folder.
package core
