package locale

import (
	"io/fs"
	"slices"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Languages lists what the core itself speaks; the first is the fallback.
var Languages = []string{"fr", "en"}

// Extra is a folder of further languages that somebody dropped in: one folder a
// language, named by its tag ("de", "pt-BR"), with core.json for the core's words and
// <module>.json for those of a module, in the format of every catalogue. What it
// does not say is said in the fallback. Nil is none.
type Extra = fs.FS

// coreFile is the name of the core's words in a folder of [Extra].
const coreFile = "core"

// languagesOf returns the core's languages and those of a folder, by tag.
// Folders whose name is no language are left alone.
func languagesOf(extra Extra) []string {
	list := slices.Clone(Languages)
	if extra == nil {
		return list
	}
	entries, err := fs.ReadDir(extra, ".")
	if err != nil {
		return list // no folder: nobody dropped anything in
	}
	for _, e := range entries {
		tag, err := language.Parse(e.Name())
		if err != nil || !e.IsDir() || tag.String() != e.Name() || slices.Contains(list, e.Name()) {
			continue
		}
		if _, err := fs.Stat(extra, e.Name()+"/"+coreFile+".json"); err == nil {
			list = append(list, e.Name())
		}
	}
	return list
}

// Languages lists the tags of every language the catalogue speaks, the fallback
// first.
func (c *Catalogue) Languages() []string { return slices.Clone(c.languages) }

// Name returns what a language calls itself: "Français".
func (c *Catalogue) Name(lang string) string {
	name := display.Self.Name(language.Make(lang))
	if name == "" {
		return lang
	}
	return capital(name)
}
