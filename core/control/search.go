package control

import (
	"context"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// RebuildOf names the schools whose search index is made anew; none: all.
type RebuildOf struct {
	Schools []ids.SchoolID `json:"schools,omitempty"`
}

// Rebuilt is what became of one index.
type Rebuilt struct {
	School    ids.SchoolID   `json:"school"`
	Documents map[string]int `json:"documents"`         // by module, or part of the core
	Later     bool           `json:"later,omitempty"`   // thrown away: the server fills it when it starts
	Missing   bool           `json:"missing,omitempty"` // not all could be asked for; the server tries again
}

// SearchRebuild throws search indexes away and fills them again. Without a
// server there are no modules to ask: the next server fills them.
var SearchRebuild = define("search.rebuild", func(ctx context.Context, c *core.Core, in RebuildOf, tell Tell) ([]Rebuilt, error) {
	schools, err := c.Identity.Schools(ctx)
	if err != nil {
		return nil, err
	}
	wanted := map[ids.SchoolID]bool{}
	for _, s := range in.Schools {
		wanted[s] = true
	}
	list := []Rebuilt{}
	for _, s := range schools {
		if len(wanted) == 0 || wanted[s.ID] {
			list = append(list, Rebuilt{School: s.ID, Documents: map[string]int{}})
		}
	}
	if len(wanted) > len(list) {
		return nil, errors.New(errors.NotFound, "search.school")
	}
	for i := range list {
		one := &list[i]
		if !c.Search.Running() {
			one.Later = true
			if err := c.Search.Forget(one.School); err != nil {
				return nil, err
			}
			continue
		}
		err := c.Search.Rebuild(ctx, one.School, func(source string, n int) {
			one.Documents[source] = n
			tell(Progress{Done: i, Total: len(list), Step: source})
		})
		if ctx.Err() != nil {
			return nil, err
		}
		one.Missing = err != nil
		tell(Progress{Done: i + 1, Total: len(list), Step: string(one.School)})
	}
	return list, nil
})
