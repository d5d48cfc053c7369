package services

import (
	"context"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Directory is what modules may read of people and groups; every answer is
// within the school asked, and an unknown id is left out.
type Directory interface {
	People(ctx context.Context, school ids.SchoolID, people []ids.PersonID) ([]*wire.Person, error)
	Members(ctx context.Context, school ids.SchoolID, group ids.GroupID, profiles []ids.Profile) ([]*wire.Person, error) // group empty: the school
	Groups(ctx context.Context, school ids.SchoolID, groups []ids.GroupID) ([]*wire.Group, error)                        // groups empty: all
	Search(ctx context.Context, school ids.SchoolID, words string, profiles []ids.Profile, limit int) ([]*wire.Person, error)
	// Holding returns those of the people to whom the school gives a permission.
	Holding(ctx context.Context, school ids.SchoolID, people []ids.PersonID, p ids.Permission) ([]ids.PersonID, error)
}

// Audit keeps what a module wants on record.
type Audit interface {
	Record(ctx context.Context, r Record) error
}

// Record is one audited act of a module; the core fills in all but action, object and details.
type Record struct {
	School    ids.SchoolID
	Person    ids.PersonID
	Module    ids.ModuleID
	RequestID string
	Action    string
	Object    string
	Details   map[string]string
	Core      bool // the action is one of the journal's own, not a word of the module
}
