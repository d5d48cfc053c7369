package main

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/roster"
	"github.com/preau-ent/preau/core/theme"
)

//go:embed locales/*.json
var own embed.FS

// speech is the catalogue in the operator's language.
type speech struct{ *locale.Speaker }

func newSpeech(lang string) (speech, error) {
	words, err := locale.New(identity.Locales, access.Locales, audit.Locales, roster.Locales, control.Locales, theme.Locales, own)
	if err != nil {
		return speech{}, err
	}
	return speech{words.Speaker(lang, time.Local, time.Now())}, nil
}

// remark is the text of a report's entry.
func (s speech) remark(r *roster.Remark) string {
	var args []any
	for _, name := range sortedKeys(r.Args) {
		v := control.Whole(r.Args[name])
		switch name {
		case "children", "guardians", "groups":
			v = s.List(namesOf(v))
		case "was", "now":
			v = s.T("profile." + v.(string))
		case "class":
			if v == "" {
				v = s.T("preau.noclass")
			}
		}
		args = append(args, name, v)
	}
	return s.T(r.Key, args...)
}

// namesOf reads a list of names, as it was or as it came over the socket.
func namesOf(v any) (names []string) {
	switch list := v.(type) {
	case []string:
		return list
	case []any:
		for _, one := range list {
			names = append(names, fmt.Sprint(one))
		}
	}
	return names
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
