package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/preau-ent/preau/core/web/assets/pack"
)

// letters adds the font for who mistakes letters for one another, and the
// stylesheet that brings it: only those who chose it load either. The families
// of the theme become this one, whatever the theme.
func letters(dir string, plain map[string][]byte) error {
	var sheet strings.Builder
	sheet.WriteString("/* OpenDyslexic: (c) 2019 Abbie Gonzalez, SIL Open Font License 1.1 */\n")
	for _, weight := range []string{"400", "700"} {
		body, err := os.ReadFile(filepath.Join(dir, "opendyslexic-latin-"+weight+"-normal.woff2"))
		if err != nil {
			return fmt.Errorf("%w: run npm install", err)
		}
		name := "dys" + weight + ".woff2"
		plain[name] = body
		fmt.Fprintf(&sheet, "@font-face{font-family:OpenDyslexic;font-weight:%s;font-display:swap;src:url(%s) format(\"woff2\")}", weight, pack.Name(name, body))
	}
	sheet.WriteString(":root[data-font=dys]{--sans:OpenDyslexic,Verdana,sans-serif;--serif:var(--sans)}\n")
	plain["dys.css"] = []byte(sheet.String())
	return nil
}
