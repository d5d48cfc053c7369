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

// sprite puts the closed set of icons into one file, a symbol for each.
func sprite(dir string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg">`)
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
	b.WriteString("</svg>\n")
	return b.Bytes(), nil
}
