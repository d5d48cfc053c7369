package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/preau-ent/preau/sdk/ui"
)

var (
	drawing = regexp.MustCompile(`(?s)<svg[^>]*>(.*)</svg>`)
	spaces  = regexp.MustCompile(`\s*\n\s*`)
)

// sprite puts the closed set of icons and the drawings of empty places into one
// file, a symbol for each. Looked at by itself it shows the site's sign: the same
// file is the icon of the page, and costs no request of its own.
func sprite(dir, art, sign string) ([]byte, error) {
	var b bytes.Buffer
	own, err := os.ReadFile(sign)
	if err != nil {
		return nil, err
	}
	b.WriteString(strings.TrimSuffix(strings.TrimSpace(string(own)), "</svg>"))
	for _, name := range ui.Icons() {
		src, err := os.ReadFile(filepath.Join(dir, name+".svg"))
		if err != nil {
			return nil, fmt.Errorf("%w: run npm install", err)
		}
		inside := drawing.FindSubmatch(src)
		if inside == nil {
			return nil, fmt.Errorf("%s.svg is no drawing", name)
		}
		lines := strings.ReplaceAll(spaces.ReplaceAllString(string(inside[1]), ""), " />", "/>")
		fmt.Fprintf(&b, `<symbol id="%s" viewBox="0 0 24 24">%s</symbol>`, name, lines)
	}
	drawings, err := filepath.Glob(filepath.Join(art, "*.svg"))
	if err != nil {
		return nil, err
	}
	for _, path := range drawings {
		src, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		inside := drawing.FindSubmatch(src)
		if inside == nil {
			return nil, fmt.Errorf("%s is no drawing", path)
		}
		name := strings.TrimSuffix(filepath.Base(path), ".svg")
		fmt.Fprintf(&b, `<symbol id="art-%s" viewBox="0 0 120 84">%s</symbol>`, name, spaces.ReplaceAllString(string(inside[1]), ""))
	}
	b.WriteString("</svg>\n")
	return b.Bytes(), nil
}
