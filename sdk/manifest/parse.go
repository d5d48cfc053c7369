package manifest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxBytes is more than any honest manifest needs; maxNesting than any has.
const (
	maxBytes   = 64 << 10
	maxNesting = 32
)

// Open reads the module.yaml of a module's folder.
func Open(folder string) (*Manifest, error) {
	f, err := os.Open(filepath.Join(folder, FileName))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Parse(f, f.Name())
}

// Parse reads a manifest; name is what its problems call the file. What is
// wrong with the file comes back as [Problems].
func Parse(r io.Reader, name string) (*Manifest, error) {
	src, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(src) > maxBytes {
		return nil, Problems{{File: name, Why: fmt.Sprintf("more than %d bytes", maxBytes)}}
	}
	doc, err := read(src)
	if err != nil {
		return nil, Problems{syntax(name, err)}
	}
	if p := validate(doc); len(p) > 0 {
		return nil, doc.locate(name, p)
	}
	m := &Manifest{}
	strict := json.NewDecoder(bytes.NewReader(doc.json))
	strict.DisallowUnknownFields()
	if err := strict.Decode(m); err != nil {
		return nil, Problems{{File: name, Why: err.Error()}}
	}
	fill(m)
	m.settings, err = compileSettings(m.Settings, doc.keys("settings", "properties"))
	p := check(m)
	if err != nil {
		p = append(p, problem("settings", "%v", err))
	}
	p = append(p, m.settings.check("settings")...)
	p = append(p, compileWidgets(m, doc)...)
	if len(p) > 0 {
		return nil, doc.locate(name, p)
	}
	return m, nil
}

// compileWidgets makes ready what a person may set of each widget.
func compileWidgets(m *Manifest, doc *document) (p []Problem) {
	for i := range m.Widgets {
		field := fmt.Sprintf("widgets[%d].settings", i)
		var err error
		m.Widgets[i].settings, err = compileSettings(m.Widgets[i].Settings, doc.keys("widgets", strconv.Itoa(i), "settings", "properties"))
		if err != nil {
			p = append(p, problem(field, "%v", err))
		}
		p = append(p, m.Widgets[i].settings.check(field)...)
	}
	return p
}

// fill puts in what was left out.
func fill(m *Manifest) {
	m.Schema = max(m.Schema, 1)
	if m.Runtime == "" {
		m.Runtime = RuntimeStatic
	}
	for i := range m.Widgets {
		if m.Widgets[i].Cache == "" {
			m.Widgets[i].Cache = CachePerson
		}
	}
}

// document is a YAML file as a tree with positions and as JSON.
type document struct {
	root ast.Node
	json []byte
}

func read(src []byte) (*document, error) {
	if err := shallow(src); err != nil {
		return nil, err
	}
	file, err := parser.ParseBytes(src, 0)
	if err != nil {
		return nil, err
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, fmt.Errorf("want one YAML document, found %d", len(file.Docs))
	}
	root := file.Docs[0].Body
	plain := &plainness{}
	ast.Walk(plain, root)
	if plain.err != nil {
		return nil, plain.err
	}
	var v any
	if err := yaml.NodeToValue(root, &v); err != nil {
		return nil, err
	}
	b, err := json.Marshal(v)
	return &document{root: root, json: b}, err
}

// shallow refuses nesting that would exhaust a recursive parser's stack.
func shallow(src []byte) error {
	depth, indent := 0, 0
	for line := range bytes.Lines(src) {
		indent = max(indent, len(line)-len(bytes.TrimLeft(line, " -?\t")))
		for _, c := range line {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
			if depth > maxNesting {
				return fmt.Errorf("nested more than %d deep", maxNesting)
			}
		}
	}
	if indent > 8*maxNesting {
		return fmt.Errorf("nested more than %d deep", maxNesting)
	}
	return nil
}

// plainness finds what a manifest has no use for and a bomb is made of.
type plainness struct{ err error }

// Visit implements ast.Visitor.
func (p *plainness) Visit(n ast.Node) ast.Visitor {
	switch n.Type() {
	case ast.AnchorType, ast.AliasType, ast.MergeKeyType, ast.TagType, ast.DirectiveType:
		p.err = Problem{Line: n.GetToken().Position.Line, Why: "anchors, aliases and tags are not understood here"}
		return nil
	}
	return p
}
