package notify

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// zoneless are people whose own time zone nobody knows; it notes on whose behalf a
// school's was asked.
type zoneless struct {
	*world
	asked []any
}

type onBehalf struct{}

func (z *zoneless) Readers(ctx context.Context, school ids.SchoolID, people ...ids.PersonID) ([]Reader, error) {
	list, err := z.world.Readers(ctx, school, people...)
	for i := range list {
		list[i].Zone = nil
	}
	return list, err
}

func (z *zoneless) Zone(ctx context.Context, _ ids.SchoolID) *time.Location {
	z.asked = append(z.asked, ctx.Value(onBehalf{}))
	return paris
}

// TestWriteIsBounded: whatever a letter asks for is asked in the time, and on behalf
// of, whoever has it written.
func TestWriteIsBounded(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	z := &zoneless{world: w}
	w.tools.People = z
	ctx := context.WithValue(t.Context(), onBehalf{}, "a visit")
	if err := w.Write(ctx, school, "anna", "anna@example.org", ui.PageOf(ui.S("x"), ui.Text("y"))); err != nil {
		t.Fatal(err)
	}
	if len(w.mails) != 1 || !slices.Equal(z.asked, []any{"a visit"}) {
		t.Errorf("%v, asked for %v", w.mails, z.asked)
	}
}
