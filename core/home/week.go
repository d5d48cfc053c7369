package home

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Week is somebody's week on one sheet: what they have, day by day, and what
// awaits them.
type Week struct {
	From, To time.Time // Monday, and the Monday after it
	Days     []Day
	Before   []*wire.Task   // due before the week, or on no day
	After    []*wire.Task   // asked now and due later: to be signed, for instance
	Missing  []ids.ModuleID // did not answer
}

// Task is one thing to do.
type Task = wire.Task

// Day is one day of a week.
type Day struct {
	Date    time.Time
	Entries []*wire.Entry
	Tasks   []*wire.Task
}

// Week returns the week that holds a day, Monday to Sunday; zero is the one
// that is somebody's concern now. A thing that is both in the calendar and to be
// done on the same day stands there once; an outing that is to be signed the day
// before stands on both.
func (s *Service) Week(ctx context.Context, c host.Caller, day time.Time) (*Week, error) {
	if day.IsZero() {
		_, to := WeekOf(zoned(s.cfg.Now(), c.Viewer))
		day = to.AddDate(0, 0, -7)
	}
	day = zoned(day, c.Viewer)
	from := time.Date(day.Year(), day.Month(), day.Day()-(int(day.Weekday())+6)%7, 0, 0, 0, 0, day.Location())
	w := &Week{From: from, To: from.AddDate(0, 0, 7)}
	for i := range 7 {
		w.Days = append(w.Days, Day{Date: from.AddDate(0, 0, i)})
	}
	found, missing, err := s.cfg.Modules.Calendar(ctx, c, w.From, w.To)
	if err != nil {
		return nil, err
	}
	w.Missing = missing
	tasks, part := s.Tasks(ctx, c, w.From, w.To)
	if part && len(missing) == 0 {
		w.Missing = []ids.ModuleID{""}
	}
	written := w.write(found)
	for _, t := range tasks {
		place := thing(t.Check.GetLink(), t.Check.About)
		if t.Kind == "read" && written[place] {
			continue // the sheet itself says it
		}
		if d := w.due(t); d != nil {
			d.strike(place)
		}
	}
	w.fold(c.Viewer)
	return w, nil
}

// write puts entries on their days and returns what they are about.
func (w *Week) write(found []host.Entries) map[string]bool {
	written := map[string]bool{}
	for _, f := range found {
		for _, e := range f.Entries {
			if e.Link != nil && e.Link.Module == "" {
				e.Link.Module = string(f.Module)
			}
			written[thing(e.Link, e.About)] = true
			for i := range w.Days {
				if w.Days[i].holds(e) {
					w.Days[i].Entries = append(w.Days[i].Entries, e)
				}
			}
		}
	}
	for i := range w.Days {
		slices.SortStableFunc(w.Days[i].Entries, func(a, b *wire.Entry) int { return a.Start.AsTime().Compare(b.Start.AsTime()) })
	}
	return written
}

// holds reports whether an entry touches the day.
func (d *Day) holds(e *wire.Entry) bool {
	start, end := e.GetStart().AsTime(), e.GetStart().AsTime()
	if e.GetEnd() != nil {
		end = e.GetEnd().AsTime()
	}
	next := d.Date.AddDate(0, 0, 1)
	return start.Before(next) && (end.After(d.Date) || start.Equal(d.Date))
}

// due puts a task on its day and returns that, or before or after all of them:
// then there is none.
func (w *Week) due(t *wire.Task) *Day {
	at := when(t)
	if t.GetCheck().GetWhen() != nil && !at.Before(w.To) {
		w.After = append(w.After, t)
		return nil
	}
	for i := range w.Days {
		if d := &w.Days[i]; !at.Before(d.Date) && at.Before(d.Date.AddDate(0, 0, 1)) {
			d.Tasks = append(d.Tasks, t)
			return d
		}
	}
	w.Before = append(w.Before, t)
	return nil
}

// strike takes the entries of a thing off the day: it is there as a task.
func (d *Day) strike(place string) {
	d.Entries = slices.DeleteFunc(d.Entries, func(e *wire.Entry) bool { return place != "" && thing(e.Link, e.About) == place })
}

// thing names what a line is about: where it leads, and whose it is.
func thing(l *wire.Link, about []*wire.About) string {
	if l == nil {
		return ""
	}
	path, _, _ := strings.Cut(l.Path, "?")
	place := l.Module + path
	for _, a := range about {
		place += "\x00" + a.GetPerson()
	}
	return place
}
