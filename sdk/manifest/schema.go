package manifest

import (
	"bytes"
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Schema is the published JSON Schema of module.yaml.
//
//go:embed module.schema.json
var Schema []byte

const schemaName = "module.schema.json"

var moduleSchema = sync.OnceValues(func() (*jsonschema.Schema, error) { return compile(schemaName, Schema) })

// compile compiles a schema that refers to nothing outside itself.
func compile(name string, src []byte) (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.UseLoader(sealed{})
	c.AssertFormat()
	if err := c.AddResource(name, doc); err != nil {
		return nil, err
	}
	return c.Compile(name)
}

// sealed loads nothing: a schema must not make the core read files or addresses.
type sealed struct{}

// Load implements jsonschema.URLLoader.
func (sealed) Load(url string) (any, error) {
	return nil, fmt.Errorf("%s: a schema refers only to itself", url)
}

// validate holds the document against the published schema.
func validate(d *document) []Problem {
	s, err := moduleSchema()
	if err != nil {
		return []Problem{{Why: err.Error()}}
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(d.json))
	if err != nil {
		return []Problem{{Why: err.Error()}}
	}
	return faults(s.Validate(v))
}

// english words the schema library's findings: they are for vendors.
var english = message.NewPrinter(language.English)

// faults turns a validation error into one problem for each of its leaves.
func faults(err error) []Problem {
	if err == nil {
		return nil
	}
	v, ok := err.(*jsonschema.ValidationError)
	if !ok {
		return []Problem{{Why: err.Error()}}
	}
	if len(v.Causes) == 0 {
		return []Problem{{Field: fieldName(v.InstanceLocation), Why: v.ErrorKind.LocalizedString(english)}}
	}
	var all []Problem
	for _, c := range v.Causes {
		all = append(all, faults(c)...)
	}
	return all
}

// fieldName writes a location as "routes[2].permission".
func fieldName(location []string) string {
	var b strings.Builder
	for _, step := range location {
		switch _, err := strconv.Atoi(step); {
		case err == nil:
			b.WriteString("[" + step + "]")
		case b.Len() > 0:
			b.WriteString("." + step)
		default:
			b.WriteString(step)
		}
	}
	return b.String()
}
