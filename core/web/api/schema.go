package api

// schemas describe what operations answer. The structs beside them in package
// web are held to them by a test.
func schemas() object {
	text, date := object{"type": "string"}, object{"type": "string", "format": "date-time"}
	group := fields("id", text, "name", text, "kind", text)
	belonging := fields("id", text, "name", text)
	named := fields("person", text, "name", text)
	return object{
		"Problem": optional(fields("type", text, "status", object{"type": "integer"}, "kind", text, "key", text, "title", text, "request", text),
			"fields", object{"type": "object", "additionalProperties": text}),
		"Group":  group,
		"Groups": fields("groups", list(ref("Group"))),
		"Child":  fields("person", text, "name", text, "groups", list(ref("Group"))),
		"Person": optional(fields("person", text, "name", text, "first_name", text, "last_name", text, "profile", text, "groups", list(text)), "children", list(text), "guardians", list(text)),
		"People": optional(fields("people", list(ref("Person"))), "next", text),
		"Me": fields("person", text, "name", text, "profile", text, "school", belonging, "language", text, "groups", list(ref("Group")),
			"children", list(ref("Child")), "scopes", list(text), "expires", date),
		"Module":  fields("id", text, "name", text, "version", text, "start", text),
		"Modules": fields("modules", list(ref("Module"))),
		"Notice":  optional(fields("id", text, "text", text, "at", date, "read", object{"type": "boolean"}, "module", text, "about", list(named)), "link", text),
		"Notices": optional(fields("notices", list(ref("Notice"))), "next", text),
		"Home":    fields("mode", text, "widgets", list(ref("Widget"))),
		"Widget": optional(fields("instance", text, "widget", text, "name", text, "size", text, "state", text),
			"at", date, "good", date, "halted", object{"type": "boolean"}, "aside", object{"type": "boolean"}, "node", ref("Node")),
		"Page":  optional(object{"type": "object", "properties": object{}}, "title", ref("Words"), "subtitle", ref("Words"), "nodes", list(ref("Node"))),
		"Node":  object{"type": "object", "additionalProperties": true},
		"Words": optional(object{"type": "object", "properties": object{}}, "plain", text),
	}
}

// fields is an object all of whose fields are there: pairs of name and schema.
func fields(pairs ...any) object {
	o := optional(object{"type": "object", "properties": object{}}, pairs...)
	names := []string{}
	for i := 0; i < len(pairs); i += 2 {
		names = append(names, pairs[i].(string))
	}
	o["required"] = names
	return o
}

// optional adds fields to an object that need not be there.
func optional(o object, pairs ...any) object {
	for i := 0; i < len(pairs); i += 2 {
		o["properties"].(object)[pairs[i].(string)] = pairs[i+1]
	}
	return o
}

func list(of object) object { return object{"type": "array", "items": of} }
