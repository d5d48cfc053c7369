package search

import "github.com/preau-ent/preau/sdk/ids"

// The sources that are parts of the core.
const (
	People   = "core.people"
	Classes  = "core.classes" // and groups
	Pages    = "core.pages"
	Settings = "core.settings"
	Help     = "core.help"
)

// Place is a page, a setting or a piece of help of the core that can be found.
type Place struct {
	Source     string // Pages, Settings or Help
	Path       string
	Label      string // translation key: what it is called
	Detail     string // translation key: what is found there; may be empty
	Icon       string
	Permission ids.Permission // empty: everybody who is signed in
}
