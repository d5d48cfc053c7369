package control

import (
	"context"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/roster"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// ImportOf is an import of files into a school.
type ImportOf struct {
	School      ids.SchoolID  `json:"school"`
	Source      string        `json:"source"` // roster.SourceONDE or roster.SourceCSV
	Files       []roster.File `json:"files"`
	DryRun      bool          `json:"dry_run,omitempty"`
	SkipRefused bool          `json:"skip_refused,omitempty"` // leave refused lines out instead of refusing all
}

// Imported is what an import did, and the first passwords it made, which are
// seen this once only.
type Imported struct {
	School identity.School          `json:"school"`
	Report *roster.Report           `json:"report"`
	First  []identity.FirstPassword `json:"first,omitempty"`
}

// Import reads files and brings a school in line with them, all or nothing.
// Files that are refused are no error: the report says so.
var Import = define("import", func(ctx context.Context, c *core.Core, in ImportOf, tell Tell) (Imported, error) {
	school, err := schoolOf(ctx, c, in.School)
	if err != nil {
		return Imported{}, err
	}
	out := Imported{School: school}
	r, err := read(in)
	if why, refused := roster.RefusalOf(err); refused {
		out.Report = roster.RefusedReport(why)
		return out, nil
	}
	if err != nil {
		return out, err
	}
	draft, err := roster.Plan(ctx, c.Identity, school.ID, r)
	if err != nil {
		return out, err
	}
	if in.SkipRefused {
		draft.SkipRefused()
	}
	out.Report = draft.Report
	if in.DryRun {
		return out, nil
	}
	if len(out.Report.Refused) > 0 && !in.SkipRefused {
		out.Report.Created, out.Report.Changed, out.Report.Unchanged = 0, 0, 0
		return out, nil
	}
	out.First, err = draft.Apply(ctx, c.Identity, audit.By{}, func(done, total int) { tell(Progress{Done: done, Total: total}) })
	return out, err
})

func read(in ImportOf) (*roster.Roster, error) {
	switch in.Source {
	case roster.SourceONDE:
		return roster.ReadONDE(in.Files)
	case roster.SourceCSV:
		return roster.ReadCSV(in.Files)
	}
	return nil, errors.New(errors.Invalid, "control.source", "source", in.Source)
}
