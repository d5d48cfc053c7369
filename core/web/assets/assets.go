package assets

import (
	"embed"
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/preau-ent/preau/core/web/assets/pack"
)

// Prefix is where assets are served: /assets/app-<hash>.js.
const Prefix = "/assets/"

//go:embed dist
var dist embed.FS

// CSS holds the base styles, a few small files, in the order of their names.
//
//go:embed css
var CSS embed.FS

// File is one asset, immutable under its name.
type File struct {
	Name   string // "app-3f9a….js"
	Type   string // media type
	Body   []byte
	Brotli []byte // Body compressed, nil when that is no gain
	Gzip   []byte
}

// Get returns the file served under a name, hash included.
func Get(name string) (*File, bool) {
	f, ok := byName[name]
	return f, ok
}

// Path returns the address of an asset by its plain name ("app.js",
// "favicon.svg", "dys.css"). A name that does not exist panics:
// it is a mistake in the program.
func Path(plain string) string {
	f, ok := byPlain[plain]
	if !ok {
		panic("assets: no " + plain)
	}
	return Prefix + f.Name
}

var byName, byPlain = read(dist)

func read(files fs.FS) (named, plain map[string]*File) {
	named, plain = map[string]*File{}, map[string]*File{}
	entries, err := fs.ReadDir(files, "dist")
	if err != nil {
		panic("assets: " + err.Error()) // it is embedded
	}
	body := func(name string) []byte {
		b, _ := fs.ReadFile(files, "dist/"+name) // nil when there is none
		return b
	}
	for _, e := range entries {
		name := e.Name()
		if strings.HasSuffix(name, ".br") || strings.HasSuffix(name, ".gz") {
			continue
		}
		f := &File{Name: name, Type: mediaType(name), Body: body(name), Brotli: body(name + ".br"), Gzip: body(name + ".gz")}
		named[name], plain[pack.Plain(name)] = f, f
	}
	return named, plain
}

func mediaType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".css":
		return "text/css; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json"
	case ".woff2":
		return "font/woff2"
	}
	return mime.TypeByExtension(path.Ext(name))
}
