package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// schema is what the page needs of a JSON Schema.
type schema struct {
	Title                string             `json:"title"`
	Description          string             `json:"description"`
	Type                 string             `json:"type"`
	Ref                  string             `json:"$ref"`
	Enum                 []any              `json:"enum"`
	Const                any                `json:"const"`
	Properties           ordered            `json:"properties"`
	Required             []string           `json:"required"`
	Items                *schema            `json:"items"`
	AdditionalProperties json.RawMessage    `json:"additionalProperties"`
	Minimum              *float64           `json:"minimum"`
	Defs                 map[string]*schema `json:"$defs"`
}

// ordered keeps properties in the order of the file.
type ordered struct {
	names []string
	of    map[string]*schema
}

// UnmarshalJSON implements json.Unmarshaler.
func (o *ordered) UnmarshalJSON(b []byte) error {
	if err := json.Unmarshal(b, &o.of); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	depth := 0
	for {
		t, err := d.Token()
		if err != nil {
			return nil // the end: it was read before
		}
		switch t := t.(type) {
		case json.Delim:
			if t == '{' || t == '[' {
				depth++
			} else {
				depth--
			}
		case string:
			if depth == 1 {
				o.names = append(o.names, t)
				var skip json.RawMessage
				if err := d.Decode(&skip); err != nil {
					return err
				}
			}
		}
	}
}

func manifestPage(root string) (string, error) {
	src, err := os.ReadFile(filepath.Join(root, "sdk/manifest/module.schema.json"))
	if err != nil {
		return "", err
	}
	var s schema
	if err := json.Unmarshal(src, &s); err != nil {
		return "", err
	}
	p := newPage("module.yaml", s.Description+" Unknown fields are refused; problems name line and field. ° marks what is optional.",
		"`sdk/manifest/module.schema.json` and `sdk/manifest/capability.go`")
	p.table("", []string{"field", "holds", "meaning"}, s.rows(&s, ""))
	words := [][]string{}
	names := []string{}
	for name := range s.Defs {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if d := s.Defs[name]; d.Description != "" {
			words = append(words, []string{d.Title, d.Description})
		}
	}
	p.table("What fields hold", []string{"word", "meaning"}, words)
	rows, err := capabilities(root)
	if err != nil {
		return "", err
	}
	p.table("Capabilities", []string{"capability", "what the core then does for the module"}, rows)
	return p.String(), nil
}

// rows lists the fields of a mapping and of those below it.
func (s *schema) rows(root *schema, prefix string) (rows [][]string) {
	for _, name := range s.Properties.names {
		one := s.Properties.of[name]
		field := prefix + name
		if !slices.Contains(s.Required, name) {
			field += "°"
		}
		rows = append(rows, []string{"`" + strings.TrimSuffix(field, "°") + "`" + strings.Repeat("°", strings.Count(field, "°")), one.holds(root), one.Description})
		if one.Type == "object" {
			rows = append(rows, one.rows(root, prefix+name+".")...)
			var more schema
			if json.Unmarshal(one.AdditionalProperties, &more) == nil {
				rows = append(rows, more.rows(root, prefix+name+".*.")...)
			}
		}
		if one.Items != nil && one.Items.Type == "object" {
			rows = append(rows, one.Items.rows(root, prefix+name+"[].")...)
		}
	}
	return rows
}

// def is what a reference stands for.
func (s *schema) def(root *schema) *schema {
	if s.Ref == "" {
		return s
	}
	return root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")]
}

// holds says in a few words what a field may contain.
func (s *schema) holds(root *schema) string {
	d := s.def(root)
	switch {
	case s.Ref != "" && d.Title != "":
		return d.Title
	case len(d.Enum) > 0:
		var words []string
		for _, v := range d.Enum {
			words = append(words, code(fmt.Sprint(v)))
		}
		return strings.Join(words, " ")
	case d.Const != nil:
		return code(fmt.Sprint(d.Const))
	case d.Type == "" && len(d.Enum) == 0:
		return "any"
	case d.Type == "array" && d.Items != nil && d.Items.Type != "object":
		return "list of " + d.Items.holds(root)
	case d.Type == "array":
		return "list"
	case d.Type == "object":
		return "mapping"
	}
	return d.Type
}
