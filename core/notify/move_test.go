package notify

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store"
)

func (w *world) setHours(change func(h *Hours)) {
	w.t.Helper()
	h := UsualHours()
	change(&h)
	if err := w.SetHours(w.t.Context(), "0750655E", h); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) choose(change func(c *Choice)) {
	w.t.Helper()
	c := UsualChoice()
	change(&c)
	if err := w.SetChoice(w.t.Context(), "anna", c); err != nil {
		w.t.Fatal(err)
	}
}

// TestHoursMoveWhatIsHeld: what waits for the school's hours goes by those it has
// now, later or earlier; what waits for its own day does not come sooner.
func TestHoursMoveWhatIsHeld(t *testing.T) {
	w := newWorld(t, at(2, 22, 0))
	w.send(notice{key: "h1", words: "ce soir", people: []string{"anna", "paul"}})
	w.send(notice{key: "h2", words: "vendredi", people: []string{"anna", "paul"}, from: at(5, 7, 0)})
	w.setHours(func(h *Hours) { h.Opens = 9 * 60 })
	w.move(at(3, 8, 59))
	w.wants("anna")
	w.setHours(func(h *Hours) { h.Holidays = []Holiday{{"Pont", "2026-09-16", "2026-09-17"}} })
	w.move(at(4, 12, 0))
	w.wants("anna")
	w.setHours(func(h *Hours) { h.Always = true })
	w.move(at(4, 12, 0))
	w.wants("anna", "ce soir")
	if all, err := w.Feed(t.Context(), "anna", nil, at(1, 0, 0), 1); err != nil || len(all) != 0 {
		t.Fatal(all, err)
	}
	w.move(at(5, 6, 59))
	w.wants("anna", "ce soir")
	w.wants("paul", "ce soir")
	w.move(at(5, 7, 0))
	w.wants("anna", "vendredi", "ce soir")
	w.wants("paul", "vendredi", "ce soir")
	if len(w.mails) == 0 {
		t.Error("shown, and not told")
	}
}

// TestMovingEndedEarly: what was not moved with the hours waits all the same when
// its hour of before comes, and is shown at the one it has now.
func TestMovingEndedEarly(t *testing.T) {
	w := newWorld(t, at(2, 22, 0))
	w.send(notice{words: "ce soir", people: []string{"anna"}})
	w.send(notice{words: "aux enseignants", people: []string{"paul"}, from: at(3, 7, 0)})
	err := w.update(t.Context(), school, func(tx store.Tx) error { // as SetHours that gets no further
		h := UsualHours()
		h.Opens, h.Holidays = 9*60, []Holiday{{"Pont", "2026-09-17", "2026-09-17"}}
		return hours.Put(tx, &keptHours{hoursID, h})
	})
	if err != nil {
		t.Fatal(err)
	}
	w.move(at(3, 7, 0))
	w.wants("anna")
	w.wants("paul", "aux enseignants")
	if next, err := w.Round(t.Context()); err != nil || next.After(at(3, 9, 0)) {
		t.Errorf("looks again at %s, %v", next, err)
	}
	w.move(at(3, 20, 30)) // nobody looked before: what was due in the day is shown
	w.wants("anna", "ce soir")
}

// TestHoursMoveManyInPortions: no transaction rewrites more than a portion of what
// a large school holds, and all of it is moved.
func TestHoursMoveManyInPortions(t *testing.T) {
	w := newWorld(t, at(2, 22, 0))
	const many = 2*portion + 100
	err := w.update(t.Context(), school, func(tx store.Tx) error {
		for i := range many {
			k := &kept{Person: ids.PersonID(strconv.Itoa(i)), Module: "devoirs", Held: true, Content: []byte("{}"), Print: "x", Ready: at(2, 22, 0)}
			k.At, k.Owed = at(3, 7, 0), []debt{{Way: showing, Due: at(3, 7, 0)}}
			if err := notices.Insert(tx, k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	watched := &watched{Engine: w.engine}
	w.engine = watched
	w.setHours(func(h *Hours) { h.Opens = 9 * 60 })
	if watched.most > portion || watched.rows < many {
		t.Errorf("%d notices were written in one transaction, %d in all", watched.most, watched.rows)
	}
	held, err := w.held(t.Context(), school, at(3, 8, 59))
	if err != nil || len(held) > 0 {
		t.Errorf("%d are still due before the school opens, %v", len(held), err)
	}
}

// watched counts the notices that transactions write.
type watched struct {
	store.Engine
	most, rows int
}

type watchedSpace struct {
	store.Space
	w *watched
}

type watchedTx struct {
	store.Tx
	rows *int
}

func (w *watched) Open(ctx context.Context, school ids.SchoolID) (store.Space, error) {
	space, err := w.Engine.Open(ctx, school)
	return watchedSpace{space, w}, err
}

func (s watchedSpace) Update(ctx context.Context, fn func(store.Tx) error) error {
	rows := 0
	err := s.Space.Update(ctx, func(tx store.Tx) error {
		rows = 0
		return fn(watchedTx{tx, &rows})
	})
	s.w.most, s.w.rows = max(s.w.most, rows), s.w.rows+rows
	return err
}

func (t watchedTx) Put(key, value []byte) error {
	if bytes.Contains(value, []byte(`"print":"x"`)) {
		*t.rows++
	}
	return t.Tx.Put(key, value)
}

// TestMovedHoursAreTold: modules learn that the hours moved by the name that their
// SDK gives it, also when the process ends right after they are kept.
func TestMovedHoursAreTold(t *testing.T) {
	w := newWorld(t, at(2, 22, 0))
	told := func() (n int) {
		for _, e := range w.heard {
			if e.Name == sdk.HoursMoved && e.School == school && len(e.People) == 0 {
				n++
			}
		}
		return n
	}
	w.setHours(func(h *Hours) { h.Opens = 9 * 60 })
	if told() != 1 {
		t.Errorf("heard %+v", w.heard)
	}
	bus := w.bus
	w.bus = nil // nothing follows the transaction
	w.setHours(func(h *Hours) { h.Opens = 8 * 60 })
	if told() != 1 {
		t.Fatalf("heard %+v", w.heard)
	}
	for range 2 { // as the bus does when the core starts
		if err := bus.Pump(t.Context(), school); err != nil {
			t.Fatal(err)
		}
	}
	if told() != 2 {
		t.Errorf("after the next start heard %+v", w.heard)
	}
}

// TestMovedIsNewWhenShown: a stream that asks for what is new since the hours
// changed is given it.
func TestMovedIsNewWhenShown(t *testing.T) {
	w := newWorld(t, at(2, 22, 0))
	w.send(notice{words: "ce soir", people: []string{"anna"}})
	w.move(at(2, 22, 30))
	w.setHours(func(h *Hours) { h.Always = true })
	w.move(at(2, 22, 31))
	all, _, err := w.List(t.Context(), "0750655E", "anna", "", 10)
	if err != nil || len(all) != 1 || !all[0].At.Equal(at(2, 22, 30)) {
		t.Errorf("%+v %v", all, err)
	}
}

// TestReadingHoursMoveWhatIsOwed: mail and push go by the hours and the choice the
// person has now; what is urgent is not kept back.
func TestReadingHoursMoveWhatIsOwed(t *testing.T) {
	narrow := func(c *Choice) { c.Opens, c.Closes = 12*60, 14*60 }
	for name, x := range map[string]struct {
		change func(c *Choice)
		mails  []int // hours of Wednesday at which a mail has gone by the end of which
		pushs  int
	}{
		"as it was":   {narrow, []int{12}, 1},
		"earlier":     {func(c *Choice) { c.Opens = 8 * 60 }, []int{8}, 1},
		"at any hour": {func(c *Choice) { c.Always = true }, []int{0}, 1},
		"later":       {func(c *Choice) { c.Opens, c.Closes = 18*60, 19*60 }, []int{18}, 1},
		"one digest":  {func(c *Choice) { c.Preset, c.Hour = Together, 20*60 }, []int{20}, 0},
		"on the page": {func(c *Choice) { c.Preset = PageOnly }, nil, 0},
		"only by push": {func(c *Choice) {
			c.Preset, c.Ways = Own, map[string][]manifest.Way{"devoirs.nouveau": {manifest.ByPush}}
		}, nil, 1},
		"no more mails": {func(c *Choice) { narrow(c); c.Unmailed = []string{every} }, nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, at(2, 19, 59))
			w.choose(narrow)
			w.send(notice{words: "x", people: []string{"anna"}})
			w.move(at(2, 20, 5))
			if len(w.mails)+len(w.pushs) > 0 {
				t.Fatalf("%v %v", w.mails, w.pushs)
			}
			w.choose(x.change)
			var hours []int
			for h := range 24 {
				before := len(w.mails)
				w.move(at(3, h, 3))
				if len(w.mails) > before {
					hours = append(hours, h)
				}
			}
			if !slices.Equal(hours, x.mails) || len(w.pushs) != x.pushs {
				t.Errorf("mails at %v, %d pushes", hours, len(w.pushs))
			}
		})
	}
}

// TestStopHoldsForWhatIsOwed: who unsubscribes gets no mail of that kind any more,
// not even one that was waiting.
func TestStopHoldsForWhatIsOwed(t *testing.T) {
	w := newWorld(t, at(2, 22, 0))
	w.send(notice{words: "x", people: []string{"anna"}, urgent: true})
	w.move(at(2, 22, 5))
	if len(w.mails) != 1 {
		t.Fatal(w.mails)
	}
	w.send(notice{words: "y", people: []string{"anna"}, path: "/y"})
	w.move(at(3, 7, 0))
	w.wants("anna", "y", "x")
	if err := w.Stop(t.Context(), strings.TrimPrefix(w.mails[0].Stop, "https://ent.example.fr"+StopPrefix)); err != nil {
		t.Fatal(err)
	}
	w.move(at(3, 12, 0))
	if len(w.mails) != 1 {
		t.Errorf("%v", w.mails)
	}
}

// TestCalmKeepsReadingHours: a change soon after the mail waits an hour, and then
// for the hours the person reads at.
func TestCalmKeepsReadingHours(t *testing.T) {
	w := newWorld(t, at(2, 19, 30))
	w.send(notice{key: "h1", words: "un", people: []string{"paul"}})
	w.move(at(2, 19, 33))
	w.send(notice{key: "h1", words: "deux", people: []string{"paul"}})
	w.move(at(2, 20, 45))
	if len(w.mails) != 1 {
		t.Fatalf("at a quarter to nine: %v", w.mails)
	}
	w.move(at(3, 7, 0))
	if len(w.mails) != 2 {
		t.Errorf("in the morning: %v", w.mails)
	}
}
