package web

import (
	"strings"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/manifest"
)

// openable lists the modules enabled in a caller's school whose first page they
// may open.
func (a *App) openable(c host.Caller) []*manifest.Manifest {
	var out []*manifest.Manifest
	for _, id := range a.Host.Enabled(c.School()) {
		m, err := a.Host.Manifest(id)
		if err == nil && a.Access.May(c.School(), c.Roles, m.StartPermission()) {
			out = append(out, m)
		}
	}
	return out
}

// beforeQuery cuts the query off a path.
func beforeQuery(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return path
}
