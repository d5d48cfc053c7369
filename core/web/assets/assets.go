package assets

// Prefix is where assets are served: /assets/app-<hash>.js.
const Prefix = "/assets/"

// File is one asset, immutable under its name.
type File struct {
	Name   string // "app-3f9a….js"
	Type   string // media type
	Body   []byte
	Brotli []byte // Body compressed, nil when that is no gain
	Gzip   []byte
}

// Get returns the file served under a name, hash included.
func Get(name string) (*File, bool) { f, ok := byName[name]; return f, ok }

// Path returns the address of an asset by its plain name ("app.js",
// "htmx.js", "icons.svg", "favicon.svg"). A name that does not exist panics:
// it is a mistake in the program.
func Path(plain string) string {
	f, ok := byPlain[plain]
	if !ok {
		panic("assets: no " + plain)
	}
	return Prefix + f.Name
}

var byName, byPlain = map[string]*File{}, map[string]*File{}
