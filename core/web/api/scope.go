package api

import (
	"net/http"
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
)

// Areas of the core; every other area is the id of a module.
const (
	Me        = "moi"      // who one is, home page, notifications
	Directory = "annuaire" // people and classes
)

// Scope is what a token is good for: reading an area or writing to it.
type Scope string

// Read is the scope to read an area.
func Read(area string) Scope { return Scope(area + ":read") }

// Write is the scope to change something in an area.
func Write(area string) Scope { return Scope(area + ":write") }

// ScopeOf is the scope that a request with a method to an area needs.
func ScopeOf(area, method string) Scope {
	if method == http.MethodGet || method == http.MethodHead {
		return Read(area)
	}
	return Write(area)
}

// Area is what the scope is about.
func (s Scope) Area() string {
	area, _, _ := strings.Cut(string(s), ":")
	return area
}

// Writes reports whether the scope lets something be changed.
func (s Scope) Writes() bool { return strings.HasSuffix(string(s), ":write") }

// Module is the module the scope is about, "" for the core.
func (s Scope) Module() ids.ModuleID {
	if a := s.Area(); a != Me && a != Directory {
		return ids.ModuleID(a)
	}
	return ""
}
