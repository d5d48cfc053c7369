package pack

import (
	"path"
	"regexp"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
)

// The places in a package.
const (
	indexName     = "index.json"
	signatureName = "signature"
	manifestName  = "module.yaml"
)

var (
	document   = regexp.MustCompile(`^(LICENSE|README)(\.[a-z]+)?$`)
	language   = regexp.MustCompile(`^locales/[a-z]{2}(-[A-Z]{2})?\.json$`)
	executable = regexp.MustCompile(`^bin/(any|[a-z0-9]+-[a-z0-9]+)/([a-z][a-z0-9-]*)$`)
)

// checkPath says what is wrong with the name of a file: a reason that would
// make it mean another place, or that a package has no such file.
func checkPath(id, name string) error {
	refuse := func(key string) error { return errors.New(errors.Invalid, key, "file", quoted(name)) }
	switch {
	case name == "" || len(name) > maxName:
		return refuse("pack.path.length")
	case strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':':
		return refuse("pack.path.absolute")
	case strings.Contains(name, `\`):
		return refuse("pack.path.backslash")
	case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r > '~' }):
		return refuse("pack.path.characters")
	case path.Clean(name) != name || name == ".." || strings.HasPrefix(name, "../"):
		return refuse("pack.path.unclean")
	}
	if m := executable.FindStringSubmatch(name); m != nil && m[2] == id {
		return nil
	}
	if name == manifestName || document.MatchString(name) || language.MatchString(name) || strings.HasPrefix(name, "share/") {
		return nil
	}
	return refuse("pack.path.unknown")
}

// isBinary reports whether the file is the executable of a platform.
func isBinary(name string) bool { return strings.HasPrefix(name, "bin/") }

// quoted makes a name safe to show: what is no plain character is escaped.
func quoted(name string) string {
	if len(name) > 2*maxName {
		name = name[:2*maxName] + "…"
	}
	var b strings.Builder
	for _, r := range name {
		if r < ' ' || r == 0x7f {
			r = '�'
		}
		b.WriteRune(r)
	}
	return b.String()
}
