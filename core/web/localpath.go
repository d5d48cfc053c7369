package web

import (
	"net/url"

	"github.com/preau-ent/preau/sdk/ui"
)

// localPath returns p when it is a clean path of this site, else "/": nobody is
// sent elsewhere by a link somebody made.
func localPath(p string) string {
	u, err := url.Parse(p)
	if err != nil || u.IsAbs() || u.Host != "" || !ui.CleanPath(p) || !ui.CleanPath(u.Path) {
		return "/"
	}
	return p
}
