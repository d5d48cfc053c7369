package visit

import "github.com/preau-ent/preau/sdk/ids"

// Handler answers a visit. An error of sdk/errors becomes its error page.
type Handler func(v *Visit) (*Answer, error)

// Route is one address of the core. A route needs a Permission or the Public
// mark: one with neither, or both, is refused when the application is made.
type Route struct {
	Method     string // GET or POST
	Path       string // "/administration/modules/:id"
	Permission ids.Permission
	Public     bool  // answers also when nobody is signed in
	Upload     int64 // most bytes of a POST; 0: 64 KiB
	Handle     Handler
}
