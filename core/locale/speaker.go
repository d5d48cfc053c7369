package locale

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// maxNested bounds words inside words.
const maxNested = 8

// Speaker puts words for one viewer. Its fields may be read, not changed.
type Speaker struct {
	Lang string
	Zone *time.Location
	Now  time.Time // in Zone

	style   *style
	core    *tongue
	module  *tongue // nil: the core speaks
	modules map[ids.ModuleID]words
	of      ids.ModuleID // whose words module has
	labels  Labels
	renamed map[Label]string // by the school
	brief   bool             // dates are short
}

// Brief returns the speaker for where there is little room: the dates in its
// sentences are short.
func (s *Speaker) Brief() *Speaker {
	next := *s
	next.brief = true
	return &next
}

// In returns the speaker for the words of a module; the empty module is the
// core.
func (s *Speaker) In(module ids.ModuleID) *Speaker {
	next := *s
	next.module, next.of = nil, module
	if w, ok := s.modules[module]; ok {
		next.module = w.speak(s.Lang)
	}
	return &next
}

// Text returns words as the viewer reads them; nil is "".
func (s *Speaker) Text(w *ui.Words) string { return s.text(w, 0) }

// T returns the words of a key; args are as for ui.T.
func (s *Speaker) T(key string, args ...any) string {
	if len(args) == 0 {
		return s.key(key, nil, 0)
	}
	return s.Text(ui.T(key, args...))
}

// Error returns the public message of err. A key without words says what its
// kind says: who reads a page is never shown a key.
func (s *Speaker) Error(err error) string {
	key, args := errors.Public(err)
	if !s.Has(key) {
		return s.T("error." + errors.KindOf(err).String())
	}
	return s.T(key, args...)
}

// Has reports whether key has words, in the module or the core.
func (s *Speaker) Has(key string) bool {
	none := func() (map[string]any, any) { return nil, nil }
	if _, ok := s.module.say(key, none); ok {
		return true
	}
	_, ok := s.core.say(key, none)
	return ok
}

// Keys lists the keys of the module's own words that begin with prefix, sorted;
// of the core it knows none.
func (s *Speaker) Keys(prefix string) []string {
	var keys []string
	for t := s.module; t != nil; t = t.back {
		for key := range t.plain {
			if strings.HasPrefix(key, prefix) {
				keys = append(keys, key)
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func (s *Speaker) text(w *wire.Text, depth int) string {
	switch {
	case w == nil || depth > maxNested:
		return ""
	case w.Key == "":
		return w.Plain
	}
	return s.key(w.Key, w.Args, depth)
}

func (s *Speaker) key(key string, args []*wire.Arg, depth int) string {
	if out, ok := s.label(key); ok {
		return out
	}
	data := func() (map[string]any, any) { return s.data(args, depth) }
	if out, ok := s.module.say(key, data); ok {
		return out
	}
	if out, ok := s.core.say(key, data); ok {
		return out
	}
	return "⟦" + key + "⟧"
}

// data returns the arguments of a message, and the count that chooses its
// plural: the integer named "n", else nil.
func (s *Speaker) data(args []*wire.Arg, depth int) (values map[string]any, count any) {
	values = make(map[string]any, len(args))
	for _, a := range args {
		switch v := a.Value.(type) {
		case *wire.Arg_S:
			values[a.Name] = v.S
		case *wire.Arg_N:
			values[a.Name] = s.Integer(v.N)
			if a.Name == "n" {
				count = v.N
			}
		case *wire.Arg_T:
			values[a.Name] = s.styled(v.T.AsTime(), a.Style)
		case *wire.Arg_Text:
			values[a.Name] = s.text(v.Text, depth+1)
		default:
			values[a.Name] = fmt.Sprint(a.Value)
		}
	}
	return values, count
}

func (s *Speaker) styled(t time.Time, style wire.TimeStyle) string {
	day := s.Date
	if s.brief {
		day = s.ShortDate
	}
	switch style {
	case wire.TimeStyle_TIME_STYLE_TIME:
		return s.Clock(t)
	case wire.TimeStyle_TIME_STYLE_DATE_TIME:
		return day(t) + ", " + s.Clock(t)
	}
	return day(t)
}
