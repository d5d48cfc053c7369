package web

import (
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/web/api"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
)

// route is one line of the table. Who may use it is said here and nowhere else.
type route struct {
	method     string
	path       string
	permission ids.Permission // asked of the access service
	public     bool           // no session needed
	delegated  bool           // the handler asks: the page lane, whose permission is in a manifest
	bare       bool           // public, without looking for a session at all: assets, health
	program    bool           // answers programs that hold a token, and nobody else
	scope      api.Scope      // of the token; a delegated route finds it out
	limit      int64          // bytes of the body; 0: smallBody, for delegated ones the handler's
	handle     func(c *call) error
}

// check refuses a route that does not say who may use it, or says it twice.
func (r route) check() error {
	said := 0
	for _, b := range []bool{r.permission != "", r.public, r.delegated, r.bare} {
		if b {
			said++
		}
	}
	if said != 1 {
		return fmt.Errorf("web: %s %s: needs a permission or the public mark, exactly one", r.method, r.path)
	}
	if r.program != (r.scope != "" || r.delegated && r.program) {
		return fmt.Errorf("web: %s %s: a scope and programs go together", r.method, r.path)
	}
	if r.handle == nil {
		return fmt.Errorf("web: %s %s: no handler", r.method, r.path)
	}
	return nil
}

// area turns a page written for package visit into a line of the table.
func (a *App) area(r visit.Route) route {
	out := route{method: r.Method, path: r.Path, permission: r.Permission, public: r.Public, limit: r.Upload}
	if r.Handle != nil {
		out.handle = func(c *call) error { return a.visit(c, r.Handle) }
	}
	return out
}

// Address is one line of the table, for whoever walks it.
type Address struct {
	Method, Path string
	Open         bool // answers also when nobody is signed in
}

// Addresses lists every address the application answers, those of the areas
// included. Method "*" is every method.
func (a *App) Addresses() []Address {
	out := make([]Address, 0, len(a.table))
	for _, r := range a.table {
		out = append(out, Address{r.method, r.path, r.public || r.bare})
	}
	return out
}

// register hands the table to Fiber; what is in no line does not exist.
func (a *App) register() {
	for _, r := range a.table {
		handler := func(f *fiber.Ctx) error { return a.serve(f, r) }
		if r.method == "*" {
			a.fiber.All(r.path, handler)
			continue
		}
		a.fiber.Add(r.method, r.path, handler)
		if r.method == fiber.MethodGet {
			a.fiber.Add(fiber.MethodHead, r.path, handler)
		}
	}
	a.fiber.Use(func(f *fiber.Ctx) error { return a.serve(f, unknown) })
}

// answers reports whether there is a page at this very address.
func (a *App) answers(path string) bool {
	return slices.ContainsFunc(a.table, func(r route) bool { return r.method == "GET" && r.path == path })
}
