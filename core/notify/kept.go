package notify

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store"
)

// kept is a notice as it is stored.
type kept struct {
	ID      string          `json:"id"`
	Person  ids.PersonID    `json:"person"`
	Module  ids.ModuleID    `json:"module,omitempty"`
	Kind    string          `json:"kind,omitempty"`
	Key     string          `json:"key,omitempty"`
	Content json.RawMessage `json:"content"` // a SendRequest's text, link and about
	Print   string          `json:"print"`   // the same for the same announcement
	At      time.Time       `json:"at"`
	Ready   time.Time       `json:"ready,omitzero"` // of what is held by the school's hours: it waits for nothing else
	Read    bool            `json:"read,omitempty"`
	Again   int             `json:"again,omitempty"`
	Held    bool            `json:"held,omitempty"` // not shown before the hour at which it owes showing
	Off     bool            `json:"off,omitempty"`  // the person wants this kind elsewhere than on the page
	Urgent  bool            `json:"urgent,omitempty"`
	Owed    []debt          `json:"owed,omitempty"`

	Told map[manifest.Way]time.Time `json:"told,omitempty"` // when, by which way

	Instead *instead `json:"instead,omitempty"` // of what is held; nil: nothing
}

// instead is what a person is told who may not receive the kind of a notice.
type instead struct {
	Kind    string          `json:"kind,omitempty"`
	Content json.RawMessage `json:"content"`
	Print   string          `json:"print"`
}

// debt is one way in which the person has still to be told.
type debt struct {
	Way   manifest.Way `json:"way"`
	Due   time.Time    `json:"due"`
	Ready time.Time    `json:"ready,omitzero"` // it waits for nothing but the person's hours
	Tries int          `json:"tries,omitempty"`
	Batch string       `json:"batch,omitempty"` // claimed together, sent as one
}

// showing is what a notice owes that waits for the school's hours.
const showing manifest.Way = "show"

var notices = store.NewCollection("notices",
	store.Index("person", func(k *kept) store.Key {
		if !k.listed() {
			return nil
		}
		return store.K(k.Person, k.At, k.ID)
	}),
	store.Index("unread", func(k *kept) store.Key {
		if !k.listed() || k.Read {
			return nil
		}
		return store.K(k.Person)
	}),
	store.Index("thing", func(k *kept) store.Key {
		if k.Key == "" {
			return nil
		}
		return store.K(k.Module, k.Key, k.Held, k.Person)
	}),
	store.Index("print", func(k *kept) store.Key {
		if k.Read || k.Off {
			return nil
		}
		return store.K(k.Person, k.Held, k.Print)
	}),
	store.IndexMany("due", func(k *kept) (keys []store.Key) {
		for _, d := range k.Owed {
			keys = append(keys, store.K(d.Due, d.Way))
		}
		return keys
	}),
	store.IndexMany("owes", func(k *kept) (keys []store.Key) {
		for _, d := range k.Owed {
			keys = append(keys, store.K(d.Way, k.Person, d.Due))
		}
		return keys
	}))

// listed reports whether the notice stands in the person's list.
func (k *kept) listed() bool { return !k.Held && !k.Off }

// debt returns what is owed by a way, nil when nothing is.
func (k *kept) debt(w manifest.Way) *debt {
	for i := range k.Owed {
		if k.Owed[i].Way == w {
			return &k.Owed[i]
		}
	}
	return nil
}

// paid forgets what is owed by a way.
func (k *kept) paid(w manifest.Way) {
	k.Owed = slices.DeleteFunc(k.Owed, func(d debt) bool { return d.Way == w })
}

// spent reports whether nothing is left to do with a notice that no list shows.
func (k *kept) spent() bool { return k.Off && !k.Held && len(k.Owed) == 0 }

func (s *Service) notice(k *kept, school ids.SchoolID) Notice {
	c := content(k.Content)
	return Notice{ID: k.ID, School: school, Person: k.Person, Module: k.Module, Kind: k.Kind, Key: k.Key, At: k.At, Shown: s.shown.of(k), Read: k.Read,
		Text: c.Text, Link: c.Link, About: c.About, Again: k.Again, Urgent: k.Urgent}
}
