package web

import (
	"testing"

	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
)

func TestEveryRouteSaysWhoMayUseIt(t *testing.T) {
	a := &App{}
	table, err := a.routes()
	if err != nil {
		t.Fatal(err)
	}
	open := map[string]bool{"/connexion": true, "/deconnexion": true, "/compte/apparence": true, "/lien/:secret": true, "/assets/:name": true,
		"/healthz": true, "/readyz": true, "/metrics": true, "/statut": true, "/accessibilite": true, "/compte/affichage": true, "/desabonnement/:token": true, "/api/v1": true, "/api/v1/openapi.json": true}
	seen := map[string]bool{}
	for _, r := range table {
		if (r.public || r.bare) != open[r.path] {
			t.Errorf("%s %s: open to nobody in particular = %v", r.method, r.path, r.public || r.bare)
		}
		if key := r.method + " " + r.path; seen[key] {
			t.Errorf("%s is in the table twice", key)
		} else {
			seen[key] = true
		}
	}
}

func TestARouteWithoutPermissionIsRefused(t *testing.T) {
	handle := func(*visit.Visit) (*visit.Answer, error) { return nil, nil }
	for name, c := range map[string]struct {
		route visit.Route
		ok    bool
	}{
		"permission": {visit.Route{Method: "GET", Path: "/x", Permission: "core.admin", Handle: handle}, true},
		"public":     {visit.Route{Method: "GET", Path: "/x", Public: true, Handle: handle}, true},
		"neither":    {visit.Route{Method: "GET", Path: "/x", Handle: handle}, false},
		"both":       {visit.Route{Method: "GET", Path: "/x", Public: true, Permission: ids.Permission("core.admin"), Handle: handle}, false},
		"no handler": {visit.Route{Method: "GET", Path: "/x", Public: true}, false},
	} {
		a := &App{Deps: Deps{Areas: []visit.Route{c.route}}}
		if _, err := a.routes(); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLocalPath(t *testing.T) {
	for in, want := range map[string]string{
		"/": "/", "/m/x?a=1": "/m/x?a=1", "": "/", "x": "/", "//x": "/", "/\\x": "/", "http://x/": "/",
		"/a/../b": "/", "/a#b": "/", "/a\nb": "/", "/%2e%2e/": "/", "/%2F/x": "/",
	} {
		if got := localPath(in); got != want {
			t.Errorf("localPath(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzRangeOf(f *testing.F) {
	for _, s := range []string{"bytes=0-1", "bytes=-5", "bytes=3-", "bytes=9-1", "bytes=0-0,2-3", "x", "bytes=-9223372036854775808"} {
		f.Add(s, int64(10))
	}
	f.Fuzz(func(t *testing.T, header string, size int64) {
		if size < 0 {
			return
		}
		from, length, part, err := rangeOf(header, size)
		if err == nil && part && (from < 0 || length <= 0 || from+length > size) {
			t.Errorf("rangeOf(%q, %d) = %d+%d", header, size, from, length)
		}
	})
}
