package main

import (
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
)

func TestStatusAndShelf(t *testing.T) {
	day := 24 * time.Hour
	version := func(late bool) []Version { return []Version{{N: 1, At: noon, Late: late}} }
	taken := []Version{{N: 1, Withdrawn: noon}}
	published := &Correction{Published: noon}
	for _, c := range []struct {
		name   string
		due    time.Duration
		handIn bool
		c      *Copy
		status Status
		shelf  Shelf
	}{
		{"nothing yet", day, true, nil, ToDo, ShelfToDo},
		{"only seen", day, true, &Copy{Seen: noon}, ToDo, ShelfToDo},
		{"ticked", day, false, &Copy{Ticked: noon}, Ticked, ShelfDone},
		{"handed in", day, true, &Copy{Versions: version(false)}, HandedIn, ShelfDone},
		{"handed in, over", -2 * day, true, &Copy{Versions: version(false)}, HandedIn, ShelfPast},
		{"late", -time.Hour, true, &Copy{Versions: version(true)}, HandedLate, ShelfDone},
		{"withdrawn", day, true, &Copy{Versions: taken}, ToDo, ShelfToDo},
		{"missing today", -time.Hour, true, nil, Overdue, ShelfToDo},
		{"missing for a week", -7 * day, true, nil, Overdue, ShelfToDo},
		{"ticked but not handed in", -7 * day, true, &Copy{Ticked: noon}, Overdue, ShelfToDo},
		{"missing for long", -40 * day, true, nil, Overdue, ShelfPast},
		{"never ticked, over", -2 * day, false, nil, ToDo, ShelfPast},
		{"corrected", day, true, &Copy{Versions: version(false), Correction: published}, Corrected, ShelfDone},
		{"correction not out", day, true, &Copy{Versions: version(false), Correction: &Correction{}}, HandedIn, ShelfDone},
	} {
		h := &Homework{Due: noon.Add(c.due), HandIn: c.handIn}
		if got := StatusOf(h, c.c, noon); got != c.status {
			t.Errorf("%s: status %d, want %d", c.name, got, c.status)
		}
		if got := ShelfOf(h, c.c, noon); got != c.shelf {
			t.Errorf("%s: shelf %s, want %s", c.name, got, c.shelf)
		}
	}
}

func TestMayHandIn(t *testing.T) {
	open := Settings{LateHandIn: true}
	many := &Copy{Versions: make([]Version, maxVersions)}
	for _, c := range []struct {
		name string
		h    Homework
		c    *Copy
		at   time.Time
		cfg  Settings
		key  string
	}{
		{"in time", Homework{HandIn: true, Due: noon}, nil, noon, Settings{}, ""},
		{"a second late, closed", Homework{HandIn: true, Due: noon}, nil, noon.Add(time.Second), Settings{}, "devoirs.handin.closed"},
		{"a second late, open", Homework{HandIn: true, Due: noon}, nil, noon.Add(time.Second), open, ""},
		{"nothing to hand in", Homework{Due: noon}, nil, noon, open, "devoirs.handin.off"},
		{"being corrected", Homework{HandIn: true, Due: noon}, &Copy{Correction: &Correction{}}, noon, open, "devoirs.handin.corrected"},
		{"too often", Homework{HandIn: true, Due: noon}, many, noon, open, "devoirs.handin.many"},
	} {
		err := mayHandIn(&c.h, c.c, c.at, c.cfg)
		if key, _ := errors.Public(err); err == nil && c.key != "" || err != nil && key != c.key {
			t.Errorf("%s: %v, want %q", c.name, err, c.key)
		}
	}
}

func TestCopyVersions(t *testing.T) {
	h := &Homework{Due: noon}
	c := &Copy{}
	c.add(h, "one", nil, noon)
	c.add(h, "two", nil, noon.Add(time.Second))
	if c.Versions[0].Late || !c.Versions[1].Late || c.Latest().Text != "two" || c.Ticked != noon {
		t.Fatalf("%+v", c)
	}
	if !c.forgive(noon.Add(time.Minute)) || c.Versions[1].Late || c.forgive(noon) {
		t.Errorf("a later due time: %+v", c.Versions)
	}
	if err := c.withdraw(noon); err != nil || c.Latest() != nil || len(c.Versions) != 2 || c.Done() {
		t.Errorf("withdrawn: %+v, %v", c, err)
	}
	if errors.KindOf(c.withdraw(noon)) != errors.Conflict {
		t.Error("withdrew nothing")
	}
	c.add(h, "three", nil, noon)
	c.Correction = &Correction{}
	if errors.KindOf(c.withdraw(noon)) != errors.Conflict || c.Latest().N != 3 {
		t.Error("withdrew what is being corrected")
	}
	c.reopen()
	if c.Correction != nil || len(c.Earlier) != 0 {
		t.Errorf("an unpublished correction stays: %+v", c)
	}
	c.Correction = &Correction{Published: noon}
	c.reopen()
	if c.Correction != nil || len(c.Earlier) != 1 {
		t.Errorf("a published correction is lost: %+v", c)
	}
}

func TestParentSeesMark(t *testing.T) {
	at := &Copy{Correction: &Correction{Published: noon}}
	read := &Copy{Correction: &Correction{Published: noon}, FeedbackSeen: noon}
	for _, c := range []struct {
		name  string
		atOne bool
		c     *Copy
		days  int
		want  bool
	}{
		{"at once", true, at, 0, true},
		{"not yet", false, at, 6, false},
		{"after a week", false, at, 7, true},
		{"pupil read it", false, read, 0, true},
		{"not out", true, &Copy{Correction: &Correction{}}, 0, false},
		{"no copy", true, nil, 0, false},
	} {
		if got := parentSeesMark(Settings{ParentsSeeMarks: c.atOne}, c.c, noon.AddDate(0, 0, c.days)); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestDueDay(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 10, 24, 23, 30, 0, 0, paris) // the night the clocks go back
	for _, c := range []struct {
		due  time.Time
		want string
	}{
		{time.Date(2026, 10, 24, 23, 59, 0, 0, paris), "devoirs.day.today"},
		{time.Date(2026, 10, 24, 22, 30, 0, 0, time.UTC), "devoirs.day.tomorrow"},
		{time.Date(2026, 10, 25, 23, 59, 0, 0, paris), "devoirs.day.tomorrow"},
		{time.Date(2026, 10, 26, 0, 0, 0, 0, paris), "devoirs.day.on"},
		{time.Date(2026, 10, 23, 8, 0, 0, 0, paris), "devoirs.day.yesterday"},
	} {
		if got := dueDay(c.due, now).Key; got != c.want {
			t.Errorf("%v: %s, want %s", c.due, got, c.want)
		}
	}
}
