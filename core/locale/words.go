package locale

import (
	"encoding/json"
	"io/fs"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/preau-ent/preau/sdk/errors"
)

// words are the translations of the core or of one module, by language.
type words map[string]*tongue

// tongue is one language of words. Most messages have neither plural nor
// arguments: those are kept apart and cost one map look-up.
type tongue struct {
	plain   map[string]string
	rich    *i18n.Localizer
	richIDs map[string]bool
	back    *tongue // asked when a key is missing here
}

// load reads the words of the core or a module in every language: those of its
// parts, then those that somebody dropped in under its name.
func (c *Catalogue) load(name string, parts ...fs.FS) (words, error) {
	w := words{}
	for _, lang := range c.languages {
		var files []file
		for _, part := range parts {
			files = append(files, file{part, "locales/" + lang + ".json"})
		}
		if c.extra != nil {
			files = append(files, file{c.extra, lang + "/" + name + ".json"})
		}
		t, err := loadTongue(lang, files)
		if err != nil {
			return nil, err
		}
		if lang != Languages[0] {
			t.back = w[Languages[0]]
		}
		w[lang] = t
	}
	return w, nil
}

// file is one catalogue, which need not be there.
type file struct {
	in   fs.FS
	name string
}

func loadTongue(lang string, files []file) (*tongue, error) {
	tag := language.Make(lang)
	bundle := i18n.NewBundle(tag)
	t := &tongue{plain: map[string]string{}, richIDs: map[string]bool{}}
	for _, f := range files {
		src, err := fs.ReadFile(f.in, f.name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, errors.Wrap(err, errors.Unavailable, "locale.unreadable", "file", f.name)
		}
		decode := json.Unmarshal
		if lang == Languages[0] {
			decode = decodeFrench
		}
		messages, err := bundle.ParseMessageBytes(tag, src, decode)
		if err != nil {
			return nil, errors.Wrap(err, errors.Invalid, "locale.unreadable", "file", f.name)
		}
		for _, m := range messages {
			t.add(m)
		}
	}
	t.rich = i18n.NewLocalizer(bundle, lang)
	return t, nil
}

func (t *tongue) add(m *i18n.Message) {
	delete(t.plain, m.ID)
	delete(t.richIDs, m.ID)
	forms := m.Zero + m.One + m.Two + m.Few + m.Many
	if forms == "" && !strings.Contains(m.Other, "{{") {
		t.plain[m.ID] = m.Other
	} else {
		t.richIDs[m.ID] = true
	}
}

func (w words) speak(lang string) *tongue { return w[lang] }

// say returns the message of key, with ok false when there is none. The data
// is only asked for when the message has arguments or a plural.
func (t *tongue) say(key string, data func() (map[string]any, any)) (string, bool) {
	for ; t != nil; t = t.back {
		if s, ok := t.plain[key]; ok {
			return s, true
		}
		if t.richIDs[key] {
			values, count := data()
			s, err := t.rich.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: values, PluralCount: count})
			if err != nil && s == "" {
				return "", false
			}
			return s, true
		}
	}
	return "", false
}
