package store

import (
	"context"
	"io"

	"github.com/preau-ent/preau/sdk/ids"
)

// Global is the space of what belongs to no school. Only the core has one.
const Global = ids.SchoolID("_core")

// Engine holds the spaces of one module (or of the core), one per school.
// It is safe for concurrent use.
type Engine interface {
	// Open returns the school's space, and makes it when it is missing. It is
	// cheap to call on every request. Invalid: not a possible school;
	// Unavailable: another process holds the space, or the engine is closed.
	Open(ctx context.Context, school ids.SchoolID) (Space, error)
	// Spaces returns the schools that have a space, sorted.
	Spaces(ctx context.Context) ([]ids.SchoolID, error)
	// Drop erases the school's space with all that is in it. It waits for the
	// transactions under way; the open Space answers Unavailable from then on.
	// Dropping what does not exist is no error.
	Drop(ctx context.Context, school ids.SchoolID) error
	// Restore makes the school's space from what Backup wrote. All or nothing;
	// Conflict when the school has a space already, Invalid when r is no backup.
	Restore(ctx context.Context, school ids.SchoolID, r io.Reader) error
	// Close waits for the transactions under way and lets everything go.
	Close() error
}

// Space is one school's ordered map from keys to values, with an outbox of
// events. It is safe for concurrent use.
type Space interface {
	// School returns the school whose space this is.
	School() ids.SchoolID
	// View runs fn on one unchanging state of the space, which includes
	// every Update that returned before. Readers never wait for writers.
	View(ctx context.Context, fn func(Tx) error) error
	// Update runs fn and keeps what it wrote, all or nothing: nothing when fn
	// returns an error or panics, or when ctx has ended before the commit. When
	// Update returns nil the writes are durable. fn may run again after a
	// conflict with another transaction, and sees its own writes.
	Update(ctx context.Context, fn func(Tx) error) error
	// Backup writes one consistent state, outbox included, for [Engine.Restore]
	// of the same kind of engine. Writers go on meanwhile.
	Backup(ctx context.Context, w io.Writer) error
	// Pending returns the oldest events of the outbox in the order of their
	// commits, at most limit of them, or all when limit is 0.
	Pending(ctx context.Context, limit int) ([]Emitted, error)
	// Delivered takes events out of the outbox. Unknown ids are passed over. An
	// event whose Delivered was lost is pending again: receivers see each event
	// at least once.
	Delivered(ctx context.Context, ids ...string) error
}
