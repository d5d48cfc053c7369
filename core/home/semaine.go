package home

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// WeekWidget is "ma semaine": what awaits somebody this week, ticked when done.
const WeekWidget = "core.semaine"

// WeekPath is the page of the whole week, to be printed.
const WeekPath = "/semaine"

// weekWaits is how long the widget waits for the slowest module once another
// has answered; tasksLast, how long a module may take at all.
const (
	weekWaits = 80 * time.Millisecond
	tasksLast = 2 * time.Second
)

// weekLines is how many tasks the widget shows in a size.
var weekLines = map[Size]int{Medium: 6, Large: 8, Full: 8}

// WeekOf returns the week that is somebody's concern at a moment: this one, at
// the week-end what is left of it and the next one. now gives the time zone.
func WeekOf(now time.Time) (from, to time.Time) {
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	since := (int(day.Weekday()) + 6) % 7 // days since Monday
	if since >= 5 {
		return day.AddDate(0, 0, 5-since), day.AddDate(0, 0, 14-since)
	}
	return day.AddDate(0, 0, -since), day.AddDate(0, 0, 7-since)
}

// zoned returns t in the viewer's time zone, Europe/Paris when it names none.
func zoned(t time.Time, v *wire.Viewer) time.Time {
	for _, name := range []string{v.GetTimeZone(), "Europe/Paris"} {
		if zone, err := time.LoadLocation(name); err == nil && name != "" {
			return t.In(zone)
		}
	}
	return t.UTC()
}

// week answers the widget: what is to be done first, by time, then what is to be
// read, then what is done. Ticking it there leads back home.
func (s *Service) week(ctx context.Context, c host.Caller, p Placement) *wire.Node {
	from, to := WeekOf(zoned(s.cfg.Now(), c.Viewer))
	tasks, missing := s.soon(ctx, c, from, to)
	checks := make([]*wire.Check, 0, len(tasks))
	for _, t := range tasks {
		checks = append(checks, t.Check)
		if t.Check.Toggle != nil {
			t.Check.Toggle.Path = LeadingBack(t.Check.Toggle.Path, "/")
		}
	}
	n := ui.Checklist(checks[:min(len(checks), or(weekLines[p.Size], weekLines[Medium]))]...)
	n.Title, n.Partial = ui.T("home.widget.semaine"), missing
	n.Empty = &wire.Empty{Text: ui.T("home.semaine.none." + profileOf(c))}
	if missing {
		n.Empty.Text = ui.T("home.semaine.unknown") // nobody may be told that there is nothing to do
	}
	n.Link = ui.To(WeekPath, "home.semaine.whole")
	if more := len(checks) - len(n.GetChecklist().Items); more > 0 {
		n.Link.Label = ui.T("home.semaine.more", "n", more)
	}
	return n
}

// BackTo names, in the query of a button of a module that the core shows on a
// page of its own, the page that pressing it leads back to.
const BackTo = "_retour"

// LeadingBack is the path of a button with the page to come back to.
func LeadingBack(path, to string) string {
	mark := "?"
	if strings.Contains(path, mark) {
		mark = "&"
	}
	return path + mark + url.Values{BackTo: {to}}.Encode()
}

func profileOf(c host.Caller) string {
	if p := ids.Profile(c.Viewer.GetProfile()); p.Valid() {
		return string(p)
	}
	return string(ids.Personnel)
}

// soon gathers the tasks of the modules that answer soon; missing says that
// there are others. The rest goes on in the background until its time is over.
func (s *Service) soon(ctx context.Context, c host.Caller, from, to time.Time) (tasks []*wire.Task, missing bool) {
	answers := make(chan host.Tasks, 1)
	s.asking.Go(func() {
		defer close(answers)
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tasksLast)
		defer cancel()
		s.cfg.Modules.TasksOf(ctx, c, from, to, func(t host.Tasks) {
			select {
			case answers <- t:
			case <-ctx.Done():
			}
		})
	})
	var late <-chan time.Time
	for {
		select {
		case a, more := <-answers:
			if !more {
				return inOrder(tasks), missing
			}
			tasks, missing = append(tasks, a.Tasks...), missing || a.Err != nil
			if late == nil {
				timer := time.NewTimer(weekWaits)
				defer timer.Stop()
				late = timer.C
			}
		case <-late:
			s.asking.Go(func() { // what still comes is for nobody
				for range answers {
				}
			})
			return inOrder(tasks), true
		}
	}
}

// Tasks gathers everything that awaits somebody in a span, from all modules
// that answer at all; missing says that some did not.
func (s *Service) Tasks(ctx context.Context, c host.Caller, from, to time.Time) (tasks []*wire.Task, missing bool) {
	s.cfg.Modules.TasksOf(ctx, c, from, to, func(t host.Tasks) {
		tasks, missing = append(tasks, t.Tasks...), missing || t.Err != nil
	})
	return inOrder(tasks), missing
}

// rank is in which order kinds of tasks come: what only the viewer can do, which
// is to sign, what somebody waits for, other work, what is only to be read.
func rank(t *wire.Task) int {
	switch t.Kind {
	case "sign":
		return 0
	case "hand-in", "correct":
		return 1
	case "read":
		return 3
	}
	return 2
}

// inOrder sorts tasks, what is to be done first, reading behind work so that it
// does not crowd it out, and leaves out what two modules tell; a task that says
// not what to do is given its kind's badge.
func inOrder(tasks []*wire.Task) []*wire.Task {
	slices.SortStableFunc(tasks, func(a, b *wire.Task) int {
		return cmp.Or(one(a.Check.Done)-one(b.Check.Done), rank(a)-rank(b), when(a).Compare(when(b)), cmp.Compare(a.Id, b.Id))
	})
	seen := map[string]bool{}
	tasks = slices.DeleteFunc(tasks, func(t *wire.Task) bool {
		key := t.Id
		for _, a := range t.Check.About {
			key += "\x00" + a.GetPerson()
		}
		twice := seen[key]
		seen[key] = true
		return twice
	})
	for _, t := range tasks {
		if t.Check.Badge == nil && !t.Check.Done && slices.Contains(kinds, t.Kind) {
			t.Check.Badge = ui.T("home.task." + t.Kind)
		}
	}
	return tasks
}

// kinds of tasks that have words of their own.
var kinds = []string{"hand-in", "read", "sign", "correct", "do"}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// when a task is due; those without a time come last.
func when(t *wire.Task) time.Time {
	if at := t.GetCheck().GetWhen(); at != nil {
		return at.AsTime()
	}
	return time.Unix(1<<40, 0)
}
