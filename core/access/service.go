package access

import (
	"context"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Checker is what the rest of the core asks before every call.
type Checker interface {
	// May reports whether one of these roles has the permission in the school.
	May(school ids.SchoolID, roles []string, p ids.Permission) bool
}

// Service holds the rules of all schools.
type Service struct {
	engine store.Engine
	log    *audit.Log
}

var _ Checker = (*Service)(nil)

// Change is one decision of a school about one permission of one role.
type Change struct {
	By         audit.By
	School     ids.SchoolID
	Role       string
	Permission ids.Permission
	Effect     Effect
}

// Row is one permission in the matrix of a school.
type Row struct {
	Permission Permission
	Module     ids.ModuleID
	Cells      []Cell // in the order of [Roles]
}

// Cell is one role's part of a row.
type Cell struct {
	Role     string
	Template bool   // what the role has when the school says nothing about it
	Effect   Effect // what the school says
	Allowed  bool   // what results
}

// New returns the rules kept in the core's store, with the core's own
// permissions registered.
func New(engine store.Engine, log *audit.Log) (*Service, error) {
	return &Service{engine: engine, log: log}, nil
}

// Register makes the permissions of a module known, in place of those it had.
func (s *Service) Register(module ids.ModuleID, permissions []Permission) error { return nil }

// Unregister forgets the permissions of a module: they are denied. What
// schools said about them stays in the store and counts again when the module
// comes back.
func (s *Service) Unregister(module ids.ModuleID) {}

// May reports whether one of these roles has the permission in the school.
func (s *Service) May(school ids.SchoolID, roles []string, p ids.Permission) bool { return false }

// Granted lists the permissions of a module that one of these roles has.
func (s *Service) Granted(school ids.SchoolID, roles []string, module ids.ModuleID) []ids.Permission {
	return nil
}

// Set makes one change: durable, audited, and in force when it returns.
func (s *Service) Set(ctx context.Context, c Change) error { return nil }

// Matrix returns every known permission with what each role has.
func (s *Service) Matrix(ctx context.Context, school ids.SchoolID) ([]Row, error) { return nil, nil }

// Epoch returns how many changes the school has made; it grows with each.
func (s *Service) Epoch(ctx context.Context, school ids.SchoolID) (uint64, error) { return 0, nil }
