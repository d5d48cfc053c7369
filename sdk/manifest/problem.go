package manifest

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// Problem is one thing that is wrong with a manifest.
type Problem struct {
	File  string
	Line  int    // from 1; 0: not known
	Field string // "routes[2].permission"; empty: the file as a whole
	Why   string
}

// Problems is everything found wrong, in the order of the lines.
type Problems []Problem

// Error lists the problems, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Error is "module.yaml:12: routes[2].permission: why".
func (p Problem) Error() string { return p.Place() + ": " + p.Why }

// Place is "module.yaml:12: routes[2].permission", as far as it is known.
func (p Problem) Place() string {
	s := p.File
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line)
	}
	if p.Field != "" {
		s += ": " + p.Field
	}
	return s
}

// problem names a field by the steps that lead to it.
func problem(field string, format string, args ...any) Problem {
	return Problem{Field: field, Why: fmt.Sprintf(format, args...)}
}

// syntax is what the YAML library could not read.
func syntax(file string, err error) Problem {
	var p Problem
	if errors.As(err, &p) {
		p.File = file
		return p
	}
	p = Problem{File: file, Why: err.Error()}
	var y yaml.Error
	if errors.As(err, &y) {
		p.Why = y.GetMessage()
		if t := y.GetToken(); t != nil && t.Position != nil {
			p.Line = t.Position.Line
		}
	}
	return p
}

// locate gives every problem its file and line.
func (d *document) locate(file string, p []Problem) Problems {
	out := slices.Clone(p)
	for i := range out {
		out[i].File, out[i].Line = file, d.line(out[i].Field)
	}
	slices.SortStableFunc(out, func(a, b Problem) int { return a.Line - b.Line })
	return out
}

// line finds a field, or the nearest one around it that is there.
func (d *document) line(field string) int {
	node, line := d.root, 1
	for _, step := range steps(field) {
		next, at := child(node, step)
		if at > 0 {
			line = at
		}
		if next == nil {
			break
		}
		node = next
	}
	return line
}

// steps splits "routes[2].permission" into routes, 2, permission.
func steps(field string) []string {
	return strings.FieldsFunc(field, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
}

// child goes one step down and tells on which line that is.
func child(n ast.Node, step string) (ast.Node, int) {
	switch n := n.(type) {
	case *ast.MappingNode:
		for _, v := range n.Values {
			if v.Key.GetToken().Value == step {
				return v.Value, v.Key.GetToken().Position.Line
			}
		}
	case *ast.MappingValueNode: // a mapping of one pair
		if n.Key.GetToken().Value == step {
			return n.Value, n.Key.GetToken().Position.Line
		}
	case *ast.SequenceNode:
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.Values) {
			return n.Values[i], n.Values[i].GetToken().Position.Line
		}
	}
	return nil, 0
}

// keys lists the keys of a mapping in the order of the file.
func (d *document) keys(path ...string) []string {
	node := d.root
	for _, step := range path {
		if node, _ = child(node, step); node == nil {
			return nil
		}
	}
	var keys []string
	switch n := node.(type) {
	case *ast.MappingNode:
		for _, v := range n.Values {
			keys = append(keys, v.Key.GetToken().Value)
		}
	case *ast.MappingValueNode:
		keys = append(keys, n.Key.GetToken().Value)
	}
	return keys
}
