package api

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Where the API is.
const (
	Root         = "/api/v1"
	DocumentPath = Root + "/openapi.json"
	ModulePath   = Root + "/m/" // then the id of a module and a path inside it
)

// Operation is one method of one address.
type Operation struct {
	ID         string
	Method     string
	Path       string       // "/api/v1/classes/{id}"
	Module     ids.ModuleID // "" for the core
	Name       string       // translation key of what Module is called
	Summary    string       // translation key, in Module's words
	Permission ids.Permission
	Scope      Scope
	Params     []Param
	Answer     string // name of a schema; "" for no content
	Form       bool   // takes a form
}

// Param is one parameter of an operation.
type Param struct {
	Name string
	In   string // path, query
	Help string // translation key of the core
}

// query are parameters that may be left out.
func query(names ...string) (out []Param) {
	for _, n := range names {
		out = append(out, Param{n, "query", "api.param." + n})
	}
	return out
}

// Core lists the core's own operations.
func Core() []Operation {
	return []Operation{
		{ID: "moi", Method: "GET", Path: Root + "/moi", Summary: "api.op.me", Permission: access.Account, Scope: Read(Me), Answer: "Me"},
		{ID: "accueil", Method: "GET", Path: Root + "/accueil", Summary: "api.op.home", Permission: access.Home, Scope: Read(Me), Answer: "Home"},
		{ID: "modules", Method: "GET", Path: Root + "/modules", Summary: "api.op.modules", Permission: access.Home, Scope: Read(Me), Answer: "Modules"},
		{ID: "notifications", Method: "GET", Path: Root + "/notifications", Summary: "api.op.notices", Permission: access.Account, Scope: Read(Me),
			Params: query("suite"), Answer: "Notices"},
		{ID: "notificationsLues", Method: "POST", Path: Root + "/notifications", Summary: "api.op.read", Permission: access.Account, Scope: Write(Me), Form: true},
		{ID: "classes", Method: "GET", Path: Root + "/classes", Summary: "api.op.groups", Permission: access.AdminPeople, Scope: Read(Directory), Answer: "Groups"},
		{ID: "personnes", Method: "GET", Path: Root + "/personnes", Summary: "api.op.people", Permission: access.AdminPeople, Scope: Read(Directory),
			Params: query("q", "profil", "classe", "suite"), Answer: "People"},
	}
}

// Of lists the operations that the manifest of a module declares: each of its
// pages and actions.
func Of(m *manifest.Manifest) (out []Operation) {
	names := map[ids.Permission]string{}
	for _, p := range m.Permissions {
		names[p.ID] = p.Name
	}
	for _, r := range m.Routes {
		path, params := template(r.Path)
		for _, method := range r.Methods {
			op := Operation{ID: operationID(string(m.ID), method, path), Method: method, Path: ModulePath + string(m.ID) + path, Module: m.ID, Name: m.Name,
				Summary: names[r.Permission], Permission: r.Permission, Scope: ScopeOf(string(m.ID), method), Params: params, Answer: "Page"}
			op.Form = op.Scope.Writes()
			out = append(out, op)
		}
	}
	return out
}

// wild is what stands for any text in the pattern of a manifest.
var wild = regexp.MustCompile(`\*+|\?|\[[^]]*\]|\{[^}]*\}`)

// template turns the pattern of a manifest into a path with named parameters.
func template(pattern string) (path string, params []Param) {
	path = wild.ReplaceAllStringFunc(pattern, func(string) string {
		name := "p" + strconv.Itoa(len(params)+1)
		params = append(params, Param{name, "path", "api.param.path"})
		return "{" + name + "}"
	})
	return path, params
}

// operationID is unique in the document and good as a name of a function.
func operationID(module, method, path string) string {
	words := strings.FieldsFunc(path, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z') })
	return strings.Join(append([]string{module, strings.ToLower(method)}, words...), "_")
}
