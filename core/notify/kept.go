package notify

import (
	"encoding/json"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// kept is a notice as it is stored.
type kept struct {
	ID      string          `json:"id"`
	Person  ids.PersonID    `json:"person"`
	Module  ids.ModuleID    `json:"module,omitempty"`
	Key     string          `json:"key,omitempty"`
	Content json.RawMessage `json:"content"` // a SendRequest's text, link and about
	At      time.Time       `json:"at"`
	Read    bool            `json:"read,omitempty"`
}

var notices = store.NewCollection("notices",
	store.Index("person", func(k *kept) store.Key { return store.K(k.Person, k.At, k.ID) }),
	store.Index("unread", func(k *kept) store.Key {
		if k.Read {
			return nil
		}
		return store.K(k.Person)
	}),
	store.Index("key", func(k *kept) store.Key {
		if k.Key == "" {
			return nil
		}
		return store.K(k.Person, k.Module, k.Key)
	}))

func (k *kept) notice() Notice {
	c := content(k.Content)
	return Notice{ID: k.ID, Person: k.Person, Module: k.Module, Key: k.Key, At: k.At, Read: k.Read,
		Text: c.Text, Link: c.Link, About: c.About}
}
