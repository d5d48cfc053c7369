package home

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

const school = ids.SchoolID("0750655E")

// clockwork is a service with a journal, with schools' hours and a clock that is
// moved.
type clockwork struct {
	*Service
	t     *testing.T
	told  *notify.Service
	log   *audit.Log
	clock time.Time
}

// on is a moment of November 2026: the 23rd is a Monday.
func on(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, time.UTC)
}

func newClockwork(t *testing.T, at time.Time) *clockwork {
	t.Helper()
	plain, b := newBench(t, Pace{})
	k := &clockwork{t: t, clock: at}
	now := func() time.Time { return k.clock }
	k.told = notify.New(plain.cfg.Engine, nil)
	if err := k.told.Equip(t.Context(), notify.Tools{Now: now}); err != nil {
		t.Fatal(err)
	}
	k.log = audit.New(plain.cfg.Engine, now)
	var err error
	k.Service, err = New(Config{Engine: plain.cfg.Engine, Modules: b, Rights: everything{}, Hours: k.told, Audit: k.log, Now: now, Draw: plain.cfg.Draw})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.Close)
	return k
}

func (k *clockwork) sees(who string, want ...string) {
	k.t.Helper()
	got := bannerOf(k.t, k.Service, caller(who))
	slices.Sort(got)
	if slices.Sort(want); !slices.Equal(got, want) {
		k.t.Errorf("on %s a person (%s) reads %q, want %q", k.clock.Format("Mon 15:04"), who, got, want)
	}
}

func (k *clockwork) urgent() int {
	k.t.Helper()
	list, _, err := k.log.List(k.t.Context(), school, audit.Query{Action: audit.NoticeUrgent})
	if err != nil {
		k.t.Fatal(err)
	}
	return len(list)
}

// TestEveningAnnouncement: what is announced at ten in the evening is read by
// staff at once, by families at seven; nobody of a family can say to have read it
// before.
func TestEveningAnnouncement(t *testing.T) {
	k := newClockwork(t, on(24, 22, 0))
	a := say(t, k.Service, &Announcement{Text: "Grève", Receipt: true})
	news := say(t, k.Service, &Announcement{News: true, Text: "Sortie"})
	k.sees("enseignant", "Grève")
	k.sees("parent")
	k.sees("eleve")
	if !a.Families.Equal(on(25, 7, 0)) || !a.Held(k.clock) || !news.Held(k.clock) || a.OnlyFamilies() {
		t.Errorf("%+v", a)
	}
	if err := k.Acknowledge(t.Context(), caller("parent"), a.ID); errors.KindOf(err) != errors.NotFound {
		t.Errorf("read before it is shown: %v", err)
	}
	k.clock = on(25, 6, 59)
	k.sees("parent")
	k.clock = on(25, 7, 0)
	k.sees("parent", "Grève")
	if shown, err := k.shown(t.Context(), caller("eleve").Viewer, true); err != nil || len(shown) != 1 {
		t.Errorf("news: %v %v", shown, err)
	}
	if k.urgent() != 0 {
		t.Error("noted as urgent")
	}
}

// TestWeekEndAndHolidays: nothing to families on Saturday, nor before the holidays
// of the school end; an announcement for staff waits for nothing, nor does one
// that begins in the school's hours.
func TestWeekEndAndHolidays(t *testing.T) {
	k := newClockwork(t, on(28, 10, 0))
	h := notify.UsualHours()
	h.Holidays = []notify.Holiday{{Name: "Pont", From: "2026-11-30", To: "2026-12-01"}}
	if err := k.told.SetHours(t.Context(), school, h); err != nil {
		t.Fatal(err)
	}
	say(t, k.Service, &Announcement{Text: "Photo", Profiles: []ids.Profile{ids.Parent}})
	staff := say(t, k.Service, &Announcement{Text: "Réunion", Profiles: []ids.Profile{ids.Enseignant}})
	later := say(t, k.Service, &Announcement{Text: "Carnaval", From: time.Date(2026, 12, 3, 9, 0, 0, 0, time.UTC)})
	if !staff.Families.IsZero() || !later.Families.IsZero() {
		t.Errorf("%v %v", staff.Families, later.Families)
	}
	k.sees("enseignant", "Réunion")
	k.clock = time.Date(2026, 12, 2, 6, 59, 0, 0, time.UTC)
	k.sees("parent")
	k.clock = time.Date(2026, 12, 2, 7, 0, 0, 0, time.UTC)
	k.sees("parent", "Photo")
	k.clock = time.Date(2026, 12, 3, 9, 0, 0, 0, time.UTC)
	k.sees("parent", "Carnaval", "Photo")
}

// TestUrgentAnnouncement goes out at night, and is noted once.
func TestUrgentAnnouncement(t *testing.T) {
	k := newClockwork(t, on(24, 22, 0))
	a := say(t, k.Service, &Announcement{Text: "Fermé demain", Urgent: true})
	k.sees("parent", "Fermé demain")
	a.Until = on(26, 8, 0)
	say(t, k.Service, a)
	if n := k.urgent(); n != 1 {
		t.Errorf("noted %d times", n)
	}
	a.Urgent = false
	say(t, k.Service, a)
	k.sees("parent", "Fermé demain") // what is out stays out
	held := say(t, k.Service, &Announcement{Text: "Cantine"})
	k.sees("parent", "Fermé demain")
	held.Urgent = true
	say(t, k.Service, held)
	k.sees("parent", "Cantine", "Fermé demain")
	if n := k.urgent(); n != 2 {
		t.Errorf("noted %d times", n)
	}
}

// TestUrgentNoMore: what was to come out at night because it is urgent does not
// once it is urgent no more, however often it is looked at again; nor does what
// was over come back to families at night.
func TestUrgentNoMore(t *testing.T) {
	k := newClockwork(t, on(27, 10, 0))
	a := say(t, k.Service, &Announcement{Text: "Fermé lundi", From: on(28, 22, 0), Urgent: true})
	if !a.Families.IsZero() {
		t.Errorf("%+v", a)
	}
	past := say(t, k.Service, &Announcement{Text: "Photo", Until: on(27, 12, 0)})
	a.Urgent = false
	for range 2 {
		say(t, k.Service, a)
		if !a.Families.Equal(on(30, 7, 0)) {
			t.Errorf("families read it on %s", a.Families)
		}
	}
	k.clock = on(28, 22, 0)
	past.Until = time.Time{}
	say(t, k.Service, past)
	k.sees("parent")
	k.sees("enseignant", "Fermé lundi", "Photo")
	k.clock = on(30, 7, 0)
	k.sees("parent", "Fermé lundi", "Photo")
}

// TestOnlyHurryIsNoted: the journal has what families read sooner because it is
// urgent, and nothing else that is called so.
func TestOnlyHurryIsNoted(t *testing.T) {
	staff := []ids.Profile{ids.Enseignant}
	for name, x := range map[string]struct {
		at    time.Time
		says  []Announcement // one after the other, of one announcement
		noted int
	}{
		"at night":                      {on(24, 22, 0), []Announcement{{Urgent: true}}, 1},
		"in the school's hours":         {on(24, 10, 0), []Announcement{{Urgent: true}}, 0},
		"begins in the school's hours":  {on(24, 22, 0), []Announcement{{Urgent: true, From: on(25, 9, 0)}}, 0},
		"begins at night":               {on(24, 10, 0), []Announcement{{Urgent: true, From: on(24, 22, 0)}, {Urgent: true, From: on(24, 22, 0), Until: on(26, 8, 0)}}, 1},
		"to staff":                      {on(24, 22, 0), []Announcement{{Urgent: true, Profiles: staff}}, 0},
		"to staff, then to families":    {on(24, 22, 0), []Announcement{{Urgent: true, Profiles: staff}, {Urgent: true}}, 1},
		"to families who were to wait":  {on(24, 22, 0), []Announcement{{}, {Urgent: true}}, 1},
		"again, with the same words":    {on(24, 22, 0), []Announcement{{Urgent: true}, {}, {Urgent: true}}, 1},
		"to come, taken back and again": {on(24, 10, 0), []Announcement{{Urgent: true, From: on(24, 22, 0)}, {From: on(24, 22, 0)}, {Urgent: true, From: on(24, 22, 0)}}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			k := newClockwork(t, x.at)
			id := ""
			for _, a := range x.says {
				a.ID, a.Text = id, "Fermé demain"
				id = say(t, k.Service, &a).ID
			}
			if n := k.urgent(); n != x.noted {
				t.Errorf("noted %d times, want %d", n, x.noted)
			}
		})
	}
}

// TestOtherWordsAtNight: what is out already stays when only its end changes; other
// words, or other people, are published like a new announcement.
func TestOtherWordsAtNight(t *testing.T) {
	k := newClockwork(t, on(24, 10, 0))
	a := say(t, k.Service, &Announcement{Text: "Réunion jeudi", Profiles: []ids.Profile{ids.Parent}})
	k.clock = on(24, 22, 0)
	a.Until = on(27, 8, 0)
	say(t, k.Service, a)
	k.sees("parent", "Réunion jeudi")
	a.Profiles = []ids.Profile{ids.Parent, ids.Eleve}
	say(t, k.Service, a)
	k.sees("eleve")
	k.clock = on(25, 7, 0)
	k.sees("eleve", "Réunion jeudi")
	k.clock = on(25, 20, 0)
	a.Text = "Réunion vendredi"
	say(t, k.Service, a)
	k.sees("parent")
	k.clock = on(26, 7, 0)
	k.sees("parent", "Réunion vendredi")
}

// TestOverBeforeFamiliesRead: what ends before the next hour of publishing is
// refused, as long as families are meant.
func TestOverBeforeFamiliesRead(t *testing.T) {
	k := newClockwork(t, on(27, 21, 0))
	until := on(29, 18, 0)
	err := k.Announce(t.Context(), audit.By{}, school, &Announcement{Text: "Ce week-end", Until: until})
	if got, _ := errors.FieldsOf(err)["jusqua"]; got != "home.announcement.closed" {
		t.Errorf("%v", err)
	}
	say(t, k.Service, &Announcement{Text: "Ce week-end", Until: until, Profiles: []ids.Profile{ids.Direction}})
	say(t, k.Service, &Announcement{Text: "Ce week-end", Until: until, Urgent: true})
	k.sees("parent", "Ce week-end")
}

// TestHoursMoveAnnouncements: what families wait for moves with the school's hours,
// both ways; what they have read stays.
func TestHoursMoveAnnouncements(t *testing.T) {
	k := newClockwork(t, on(24, 10, 0))
	set := func(change func(h *notify.Hours)) {
		t.Helper()
		h := notify.UsualHours()
		change(&h)
		if err := k.told.SetHours(t.Context(), school, h); err != nil {
			t.Fatal(err)
		}
	}
	say(t, k.Service, &Announcement{Text: "Dehors"})
	k.clock = on(24, 22, 0)
	say(t, k.Service, &Announcement{Text: "Attend"})
	say(t, k.Service, &Announcement{Text: "Plus tard", From: on(26, 8, 0)})
	set(func(h *notify.Hours) { h.Opens = 9 * 60 })
	k.clock = on(25, 8, 59)
	k.sees("parent", "Dehors")
	set(func(h *notify.Hours) {
		h.Holidays = []notify.Holiday{{Name: "x", From: "2026-11-24", To: "2026-11-26"}}
	})
	k.clock = on(26, 9, 0)
	k.sees("parent", "Dehors")
	k.sees("enseignant", "Plus tard", "Attend", "Dehors")
	set(func(h *notify.Hours) {})
	k.sees("parent", "Plus tard", "Attend", "Dehors")
}

// TestMissedByFamilies: what is over before families may read it, because the
// school's hours changed, is listed until then or until they change again, and is
// not said to be waiting.
func TestMissedByFamilies(t *testing.T) {
	k := newClockwork(t, on(24, 22, 0))
	set := func(change func(h *notify.Hours)) {
		t.Helper()
		h := notify.UsualHours()
		change(&h)
		if err := k.told.SetHours(t.Context(), school, h); err != nil {
			t.Fatal(err)
		}
	}
	missed := func(want ...string) {
		t.Helper()
		list, err := k.Missed(t.Context(), school)
		var got []string
		for _, a := range list {
			if got = append(got, a.Text); a.Held(k.clock) {
				t.Errorf("%s is said to wait for %s", a.Text, a.Families)
			}
		}
		slices.Sort(got)
		if slices.Sort(want); err != nil || !slices.Equal(got, want) {
			t.Errorf("on %s %q is missed, want %q (%v)", k.clock.Format("Mon 15:04"), got, want, err)
		}
	}
	morning := on(25, 9, 0)
	say(t, k.Service, &Announcement{Text: "Grève", Until: morning})
	say(t, k.Service, &Announcement{News: true, Text: "Photo", Until: morning, Profiles: []ids.Profile{ids.Eleve}})
	say(t, k.Service, &Announcement{Text: "Réunion", Until: morning, Profiles: []ids.Profile{ids.Enseignant}})
	say(t, k.Service, &Announcement{Text: "Fermé", Until: morning, Urgent: true})
	say(t, k.Service, &Announcement{Text: "Cantine"})
	missed()
	set(func(h *notify.Hours) { h.Opens = 9 * 60 })
	missed("Grève", "Photo")
	set(func(*notify.Hours) {})
	missed()
	set(func(h *notify.Hours) { h.Opens = 10 * 60 })
	k.clock = on(25, 8, 59)
	missed("Grève", "Photo")
	k.clock = morning
	missed()
}

// TestHoursDropCopies: when the school's hours move, nobody is shown a copy of the
// banner or the news as they were before.
func TestHoursDropCopies(t *testing.T) {
	for _, widget := range []string{BannerWidget, NewsWidget, ShortcutsWidget} {
		s, _ := newBench(t, Pace{})
		say(t, s, &Announcement{Text: "Grève"})
		say(t, s, &Announcement{News: true, Text: "Photo"})
		before := show(t, s, caller("parent"), widget)
		s.Handle(events.Event{Name: notify.EventHours, School: school})
		if after := show(t, s, caller("parent"), widget); (before.Copy != after.Copy) != (widget != ShortcutsWidget) {
			t.Errorf("%s: a new copy: %v", widget, before.Copy != after.Copy)
		}
	}
}

// meanwhile is a store on which something else happens just before the next
// change is kept.
type meanwhile struct {
	store.Engine
	then func()
}

type meanwhileSpace struct {
	store.Space
	m *meanwhile
}

func (m *meanwhile) Open(ctx context.Context, school ids.SchoolID) (store.Space, error) {
	space, err := m.Engine.Open(ctx, school)
	return meanwhileSpace{space, m}, err
}

func (s meanwhileSpace) Update(ctx context.Context, fn func(store.Tx) error) error {
	if then := s.m.then; then != nil {
		s.m.then = nil
		then()
	}
	return s.Space.Update(ctx, fn)
}

// TestHoursMoveWhileAnnouncing: an announcement that is being kept while the
// school's hours change goes by the new ones.
func TestHoursMoveWhileAnnouncing(t *testing.T) {
	k := newClockwork(t, on(24, 22, 0))
	k.cfg.Engine = &meanwhile{k.cfg.Engine, func() {
		h := notify.UsualHours()
		h.Opens = 9 * 60
		if err := k.told.SetHours(t.Context(), school, h); err != nil {
			t.Error(err)
		}
	}}
	if a := say(t, k.Service, &Announcement{Text: "Grève"}); !a.Families.Equal(on(25, 9, 0)) {
		t.Errorf("families read it on %s", a.Families)
	}
}

// broken cannot say its hours.
type broken struct{ Hours }

func (broken) NextIn(store.Tx, time.Time, ...ids.Profile) (time.Time, bool, error) {
	return time.Time{}, false, errors.New(errors.Unavailable, "x")
}

func (broken) Zone(context.Context, ids.SchoolID) *time.Location { return time.UTC }

func (broken) Follow(func(store.Tx, func(time.Time) time.Time) error) {}

// TestNoHoursNoAnnouncement: when nobody can say whether the school publishes,
// nothing is.
func TestNoHoursNoAnnouncement(t *testing.T) {
	k := newClockwork(t, on(24, 10, 0))
	k.cfg.Hours = broken{}
	if err := k.Announce(t.Context(), audit.By{}, school, &Announcement{Text: "x"}); errors.KindOf(err) != errors.Unavailable {
		t.Errorf("%v", err)
	}
	k.sees("enseignant")
}
