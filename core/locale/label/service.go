package label

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Most is the longest label, in characters: menus have little room.
const Most = 40

var key = []byte("locale.labels")

// Service keeps the labels of all schools. It is safe for concurrent use.
type Service struct {
	engine store.Engine
	audit  *audit.Log
	known  sync.Map // ids.SchoolID → kept, which is never changed
}

// kept is what a school calls things: language, then label as field writes it.
type kept map[string]map[string]string

// New returns the service kept in the core's store.
func New(engine store.Engine, log *audit.Log) *Service { return &Service{engine: engine, audit: log} }

// Of returns a school's labels in a language: a locale.Labels. What cannot be
// read is as if the school had none; it is read again the next time.
func (s *Service) Of(school ids.SchoolID, lang string) map[locale.Label]string {
	all, err := s.read(context.Background(), school)
	if err != nil || len(all[lang]) == 0 {
		return nil
	}
	out := make(map[locale.Label]string, len(all[lang]))
	for name, text := range all[lang] {
		module, key, _ := strings.Cut(name, ":")
		out[locale.Label{Module: ids.ModuleID(module), Key: key}] = text
		if module == "" && strings.HasPrefix(key, "profile.") {
			out[locale.Label{Key: "identity." + key}] = text // the directory's word for the same
		}
	}
	return out
}

func (s *Service) read(ctx context.Context, school ids.SchoolID) (kept, error) {
	if all, ok := s.known.Load(school); ok {
		return all.(kept), nil
	}
	space, err := s.engine.Open(ctx, school)
	if err != nil {
		return nil, err
	}
	var all kept
	err = space.View(ctx, func(tx store.Tx) error {
		all, err = load(tx)
		return err
	})
	if err == nil {
		s.known.LoadOrStore(school, all)
	}
	return all, err
}

func load(tx store.Tx) (kept, error) {
	all := kept{}
	text, ok, err := tx.Get(key)
	if err != nil || !ok {
		return all, err
	}
	return all, json.Unmarshal(text, &all)
}

// Set puts a school's words for these labels in a language; empty text gives
// the label back its own. The caller knows which labels may be renamed. Invalid
// names the fields (as [Field] writes them) whose text is no label.
func (s *Service) Set(ctx context.Context, by audit.By, school ids.SchoolID, lang string, words map[locale.Label]string) error {
	wrong := map[string]string{}
	for l, text := range words {
		if !good(text) {
			wrong[Field(l)] = "label.wrong"
		}
	}
	if len(wrong) > 0 {
		return &errors.Error{Kind: errors.Invalid, Key: "label.wrong", Fields: wrong}
	}
	space, err := s.engine.Open(ctx, school)
	if err != nil {
		return err
	}
	var all kept
	err = space.Update(ctx, func(tx store.Tx) error {
		if all, err = load(tx); err != nil {
			return err
		}
		if all[lang] == nil {
			all[lang] = map[string]string{}
		}
		changed := []string{}
		for l, text := range words {
			if text = strings.TrimSpace(text); text == all[lang][Field(l)] {
				continue
			}
			changed = append(changed, Field(l))
			if all[lang][Field(l)] = text; text == "" {
				delete(all[lang], Field(l))
			}
		}
		if len(changed) == 0 {
			return nil
		}
		b, err := json.Marshal(all)
		if err != nil {
			return errors.Internal(err)
		}
		if err := tx.Put(key, b); err != nil {
			return err
		}
		slices.Sort(changed)
		return s.audit.RecordIn(tx, audit.Entry{Actor: by.Person, Address: by.Address, School: school, Action: audit.LabelsChanged,
			Details: map[string]string{"language": lang, "labels": strings.Join(changed, " ")}})
	})
	if err == nil {
		s.known.Store(school, maps.Clone(all))
	}
	return err
}

// Field writes a label as the name of a form's field: "devoirs:devoirs.name".
func Field(l locale.Label) string { return string(l.Module) + ":" + l.Key }

// good reports whether a text may stand in a menu: short, in one line.
func good(text string) bool {
	return utf8.ValidString(text) && utf8.RuneCountInString(text) <= Most &&
		strings.IndexFunc(text, func(r rune) bool { return !unicode.IsPrint(r) && r != '\u00a0' && r != '\u202f' }) < 0
}
