package bolt

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// letter is an event as it lies in the outbox, under its ID.
type letter struct {
	Name    string          `json:"name"`
	Payload json.RawMessage `json:"payload"`
	People  []ids.PersonID  `json:"people,omitempty"`
	At      time.Time       `json:"at"`
}

// Emit implements [store.Tx]. The ID begins with a number that rises with every
// event of the file, since writers come one after the other also with every
// commit; the rest keeps it unique when the space is dropped and made again.
func (t *tx) Emit(event string, payload any, people ...ids.PersonID) error {
	raw, err := json.Marshal(payload)
	if err != nil {
		return errors.Internal(fmt.Errorf("bolt: payload of %s: %w", event, err))
	}
	value, err := json.Marshal(letter{Name: event, Payload: raw, People: people, At: time.Now().UTC()})
	if err != nil {
		return errors.Internal(err)
	}
	if t.over {
		return errOver
	}
	var n uint64
	if t.Writable() {
		if n, err = t.outbox.NextSequence(); err != nil {
			return errors.Internal(err)
		}
	}
	return t.put(t.outbox, fmt.Appendf(nil, "%016x%s", n, ids.New()), value)
}

// Pending implements [store.Space].
func (s *space) Pending(ctx context.Context, limit int) (events []store.Emitted, err error) {
	err = s.read(ctx, func(tx *bbolt.Tx) error {
		c := tx.Bucket(outboxBucket).Cursor()
		for k, v := c.First(); k != nil && (limit <= 0 || len(events) < limit); k, v = c.Next() {
			var l letter
			if err := json.Unmarshal(v, &l); err != nil {
				return errors.Internal(fmt.Errorf("bolt: event %s: %w", k, err))
			}
			events = append(events, store.Emitted{ID: string(k), Name: l.Name, Payload: l.Payload, People: l.People, At: l.At})
		}
		return nil
	})
	return events, err
}

// Delivered implements [store.Space].
func (s *space) Delivered(ctx context.Context, ids ...string) error {
	return s.Update(ctx, func(t store.Tx) error {
		for _, id := range ids {
			if err := t.(*tx).remove(t.(*tx).outbox, []byte(id)); err != nil {
				return err
			}
		}
		return nil
	})
}
