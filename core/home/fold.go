package home

import (
	"slices"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// manyChildren is from how many children on a sheet shows the days of each in
// one line, and foldFrom how many entries of one child make such a line: below,
// they are written one by one.
const (
	manyChildren = 3
	foldFrom     = 3
)

// fold makes room on the sheet of a parent of many: what one child has on a day
// becomes one line, from when to when and how much. What concerns several, or
// nobody in particular, stays.
func (w *Week) fold(v *wire.Viewer) {
	if v.GetChild() != "" || len(v.GetChildren()) < manyChildren {
		return
	}
	for i := range w.Days {
		d := &w.Days[i]
		for _, c := range v.GetChildren() {
			d.foldOf(c.GetPerson())
		}
		slices.SortStableFunc(d.Entries, func(a, b *wire.Entry) int { return a.Start.AsTime().Compare(b.Start.AsTime()) })
	}
}

func (d *Day) foldOf(child string) {
	own := func(e *wire.Entry) bool {
		return len(e.About) == 1 && e.About[0].GetPerson() == child && !e.AllDay && !e.Cancelled && e.End != nil
	}
	var all []*wire.Entry
	for _, e := range d.Entries {
		if own(e) {
			all = append(all, e)
		}
	}
	if len(all) < foldFrom {
		return
	}
	last := slices.MaxFunc(all, func(a, b *wire.Entry) int { return a.End.AsTime().Compare(b.End.AsTime()) })
	line := &wire.Entry{Id: "day." + child, Title: ui.T("home.week.folded", "n", len(all)), Start: all[0].Start, End: last.End, About: all[0].About}
	d.Entries = append(slices.DeleteFunc(d.Entries, own), line)
}
