package store

import (
	"iter"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
)

// Tx is one transaction on one school's space. It belongs to one goroutine and
// ends when the function it was given to returns; used later, it answers Bug.
// Slices that it returns are copies, the caller's to keep and to change; slices
// given to it may be used again at once.
type Tx interface {
	// Writable reports whether this is an Update: in a View, Put, Delete and
	// Emit answer Bug.
	Writable() bool
	// Get returns the value of key and whether there is one.
	Get(key []byte) ([]byte, bool, error)
	// Put sets the value of key. TooLarge beyond [MaxKey] or [MaxValue].
	Put(key, value []byte) error
	// Delete removes key; that it is missing is no error.
	Delete(key []byte) error
	// Scan walks the pairs with from ≤ key < to in the order of the keys, or
	// backwards. A nil from or to is open. The loop may write: keys it does not
	// touch come exactly once and in order; whether it meets what it put ahead
	// of itself is the engine's affair. An error ends the walk.
	Scan(from, to []byte, reverse bool) iter.Seq2[Pair, error]
	// Emit puts an event into the outbox, with payload as JSON. It is meant for
	// these people; without any, for whoever may know.
	Emit(event string, payload any, people ...ids.PersonID) error
}

// Pair is a key with its value.
type Pair struct{ Key, Value []byte }

// Emitted is an event in the outbox.
type Emitted struct {
	ID      string         // unique for ever, sorted in the order of the commits
	Name    string         // "<module>.<what>"
	Payload []byte         // JSON
	People  []ids.PersonID // whom it concerns; empty: not said
	At      time.Time      // when it was emitted, UTC
}
