package api

import (
	"slices"
	"strings"

	"github.com/preau-ent/preau/core/locale"
)

// Version is that of the interface: it grows without breaking who uses it.
const Version = "1.0.0"

// object is one object of the JSON document.
type object = map[string]any

// Document is the OpenAPI 3.0 description of operations, in the words of say,
// for programs that find the API at server ("https://ent.example.fr"; "" is
// where the document itself is).
func Document(say *locale.Speaker, server string, operations []Operation) map[string]any {
	if server == "" {
		server = "/"
	}
	paths, areas, tags := object{}, []string{}, []object{}
	scopes := map[string]string{}
	for _, op := range operations {
		path, _ := paths[op.Path].(object)
		if path == nil {
			path = object{}
			paths[op.Path] = path
		}
		path[strings.ToLower(op.Method)] = operation(say, op)
		if area := op.Scope.Area(); !slices.Contains(areas, area) {
			areas = append(areas, area)
			tags = append(tags, object{"name": area, "description": AreaName(say, op.Scope, op.Name)})
		}
		scopes[string(op.Scope)] = ScopeName(say, op.Scope, op.Name)
	}
	return object{
		"openapi": "3.0.3",
		"info":    object{"title": say.T("api.title"), "version": Version, "description": say.T("api.description")},
		"servers": []object{{"url": server}},
		"tags":    tags,
		"paths":   paths,
		"components": object{
			"schemas":         schemas(),
			"responses":       object{"Problem": object{"description": say.T("api.problem"), "content": object{"application/problem+json": object{"schema": ref("Problem")}}}},
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer", "description": say.T("api.security")}},
		},
		"security": []object{{"token": []string{}}},
		"x-scopes": scopes,
	}
}

// operation is one method of a path. What it needs of a token is said in words
// and, for programs, under "x-scope".
func operation(say *locale.Speaker, op Operation) object {
	out := object{"operationId": op.ID, "tags": []string{op.Scope.Area()}, "summary": say.In(op.Module).T(op.Summary),
		"description": say.T("api.needs", "scope", string(op.Scope)), "x-scope": string(op.Scope)}
	params := []object{}
	for _, p := range op.Params {
		params = append(params, object{"name": p.Name, "in": p.In, "required": p.In == "path", "description": say.T(p.Help), "schema": object{"type": "string"}})
	}
	if len(params) > 0 {
		out["parameters"] = params
	}
	if op.Form {
		form := object{"schema": object{"type": "object", "additionalProperties": true}}
		out["requestBody"] = object{"content": object{"application/x-www-form-urlencoded": form, "multipart/form-data": form}}
	}
	problem := object{"$ref": "#/components/responses/Problem"}
	answers := object{"default": problem}
	switch {
	case op.Module != "" && op.Form:
		answers["303"] = object{"description": say.T("api.moved")}
		answers["200"] = answer(say, op)
	case op.Answer == "":
		answers["204"] = object{"description": say.T("api.done")}
	default:
		answers["200"] = answer(say, op)
	}
	out["responses"] = answers
	return out
}

func answer(say *locale.Speaker, op Operation) object {
	content := object{"application/json": object{"schema": ref(op.Answer)}}
	if op.Module != "" { // some of a module's addresses answer a file
		content["*/*"] = object{"schema": object{"type": "string", "format": "binary"}}
	}
	return object{"description": say.T("api.answer"), "content": content}
}

func ref(schema string) object { return object{"$ref": "#/components/schemas/" + schema} }

// AreaName is the area of a scope in words; name is the translation key of the
// module it belongs to, if it is one's.
func AreaName(say *locale.Speaker, s Scope, name string) string {
	if m := s.Module(); m != "" {
		return say.In(m).T(name)
	}
	return say.T("api.area." + s.Area())
}

// ScopeName is a scope in words: "Devoirs : lire".
func ScopeName(say *locale.Speaker, s Scope, name string) string {
	if s.Writes() {
		return say.T("api.scope.write", "area", AreaName(say, s, name))
	}
	return say.T("api.scope.read", "area", AreaName(say, s, name))
}
