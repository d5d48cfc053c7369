package host

import (
	"context"
	"encoding/json"
	"time"

	"github.com/preau-ent/preau/core/host/calls"
	"github.com/preau-ent/preau/core/host/services"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// emptiness is a school with nobody and nothing in it, whose every setting is
// the default.
type emptiness struct{ manifest *manifest.Manifest }

func (emptiness) IsEnabled(ids.SchoolID, ids.ModuleID) bool { return true }
func (emptiness) Halted(ids.SchoolID, ids.ModuleID) bool    { return false }
func (e emptiness) Settings(context.Context, ids.SchoolID, ids.ModuleID) (json.RawMessage, error) {
	return e.manifest.WithDefaults(nil)
}
func (emptiness) Gather(context.Context, *calls.Call, time.Time, time.Time) (*wire.EntriesResponse, error) {
	return &wire.EntriesResponse{}, nil
}
func (emptiness) People(context.Context, ids.SchoolID, []ids.PersonID) ([]*wire.Person, error) {
	return nil, nil
}
func (emptiness) Members(context.Context, ids.SchoolID, ids.GroupID, []ids.Profile) ([]*wire.Person, error) {
	return nil, nil
}
func (emptiness) Groups(context.Context, ids.SchoolID, []ids.GroupID) ([]*wire.Group, error) {
	return nil, nil
}
func (emptiness) Search(context.Context, ids.SchoolID, string, []ids.Profile, int) ([]*wire.Person, error) {
	return nil, nil
}
func (emptiness) Holding(context.Context, ids.SchoolID, []ids.PersonID, ids.Permission) ([]ids.PersonID, error) {
	return nil, nil
}
func (emptiness) Record(context.Context, services.Record) error { return nil }

var (
	_ services.Host      = emptiness{}
	_ services.Directory = emptiness{}
	_ services.Audit     = emptiness{}
)
