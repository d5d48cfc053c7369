package notify

import (
	"context"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/wire"
)

// Service keeps notices. Make one with [New].
type Service struct{}

// New returns a service on the core's store; bus may be nil.
func New(engine store.Engine, bus *events.Bus) *Service { return &Service{} }

// Send leaves a notice with each person of r. The caller has checked that they
// are of the school.
func (s *Service) Send(ctx context.Context, school ids.SchoolID, module ids.ModuleID, r *wire.SendRequest) error {
	return nil
}

// Unread counts a person's unread notices.
func (s *Service) Unread(ctx context.Context, school ids.SchoolID, person ids.PersonID) (int, error) {
	return 0, nil
}

// List returns a page of a person's notices, newest first, and the cursor of
// the next page (empty: none).
func (s *Service) List(ctx context.Context, school ids.SchoolID, person ids.PersonID, cursor string, limit int) ([]Notice, string, error) {
	return nil, "", nil
}

// MarkRead marks these notices of the person read; without ids, all of them.
func (s *Service) MarkRead(ctx context.Context, school ids.SchoolID, person ids.PersonID, notices ...string) error {
	return nil
}
