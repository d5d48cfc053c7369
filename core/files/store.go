package files

import (
	"context"
	"io"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Store keeps files. Make one with [Open].
type Store struct{}

// Open opens the bucket at place, a folder or a gocloud.dev/blob URL.
func Open(ctx context.Context, place string, engine store.Engine) (*Store, error) {
	return &Store{}, nil
}

// Put stores what r holds and returns what is known of it; TooLarge beyond
// limit bytes (0: none), and then nothing is kept.
func (s *Store) Put(ctx context.Context, school ids.SchoolID, module ids.ModuleID, by ids.PersonID, name string, r io.Reader, limit int64) (Info, error) {
	return Info{}, nil
}

// Open opens a file of this module in this school; NotFound.
func (s *Store) Open(ctx context.Context, school ids.SchoolID, module ids.ModuleID, id string) (*File, error) {
	return nil, nil
}

// Stat says what is known of a file; NotFound.
func (s *Store) Stat(ctx context.Context, school ids.SchoolID, module ids.ModuleID, id string) (Info, error) {
	return Info{}, nil
}

// Delete removes a file; NotFound.
func (s *Store) Delete(ctx context.Context, school ids.SchoolID, module ids.ModuleID, id string) error {
	return nil
}

// Close closes the bucket.
func (s *Store) Close() error { return nil }
