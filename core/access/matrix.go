package access

import (
	"context"

	"github.com/preau-ent/preau/sdk/ids"
)

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

// Matrix returns every known permission with what each role has: the core's
// first, then by module, in the order of the manifest. NotFound for an unknown
// school.
func (s *Service) Matrix(ctx context.Context, school ids.SchoolID) ([]Row, error) {
	s.mu.Lock()
	list, err := s.rulesOf(ctx, school)
	st := s.state.Load()
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	compiled, err := st.compile(school, list)
	if err != nil {
		return nil, err
	}
	effects := make(map[string]Effect, len(list))
	for _, r := range list {
		effects[r.ID] = r.Effect
	}
	var rows []Row
	for i, p := range st.permissions {
		row := Row{Permission: p, Module: p.ID.Module()}
		for _, role := range Roles() {
			row.Cells = append(row.Cells, Cell{
				Role: role, Template: st.base.has(role, i),
				Effect: effects[ruleID(role, p.ID)], Allowed: compiled.has(role, i),
			})
		}
		rows = append(rows, row)
	}
	return rows, nil
}
