package notify

import (
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// asks is a notice that asks parents to sign and tells others, or who may not, that
// there is an outing when other is set.
func asks(other bool, people ...string) notice {
	n := notice{module: "sorties", kind: "signature", key: "s1", words: "À signer", people: people,
		about: []*wire.About{{Person: "lea", Name: "Léa"}}}
	if other {
		n.other = &wire.Instead{Kind: "nouveau", Text: &wire.Text{Plain: "Une sortie"}}
	}
	return n
}

// TestOnlyWhoMayIsTold: a kind that asks for a permission reaches who holds it in
// that school; who does not gets what is said instead, or nothing, and counts nothing.
func TestOnlyWhoMayIsTold(t *testing.T) {
	for name, x := range map[string]struct {
		taken, other bool
		claire, anna []string
		mails        int // about it at once, to claire
	}{
		"as the manifest has it":   {claire: []string{"À signer"}, mails: 1},
		"taken from parents":       {taken: true},
		"something else to others": {other: true, claire: []string{"À signer"}, anna: []string{"Une sortie"}, mails: 1},
		"something else to all":    {taken: true, other: true, claire: []string{"Une sortie"}, anna: []string{"Une sortie"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, at(2, 10, 0))
			w.taken[school] = x.taken
			w.send(asks(x.other, "claire", "anna"))
			w.wants("claire", x.claire...)
			w.wants("anna", x.anna...)
			if n, err := w.Unread(t.Context(), school, "anna"); n != len(x.anna) || err != nil {
				t.Errorf("anna counts %d unread, %v", n, err)
			}
			w.move(at(2, 10, 5))
			if len(w.mails) != x.mails || len(w.pushs) != x.mails {
				t.Errorf("%v %v", w.mails, w.pushs)
			}
			all, err := w.Feed(t.Context(), "claire", []ids.SchoolID{school}, time.Time{}, 1)
			if err != nil || len(all) == 1 && (len(all[0].About) != 1 || all[0].Kind != map[bool]string{false: "signature", true: "nouveau"}[x.taken]) {
				t.Errorf("%+v %v", all, err)
			}
			w.move(at(2, 18, 0))
			if digest := x.taken && x.other; digest != slices.ContainsFunc(w.mails, func(m mailed) bool { return m.To == "claire@example.org" && len(m.Items) == 1 && x.mails == 0 }) {
				t.Errorf("in the digest: %v", w.mails)
			}
		})
	}
}

// TestTakenBeforeItGoesOut: what waits for the hour of publishing is asked about
// again when it comes, both ways.
func TestTakenBeforeItGoesOut(t *testing.T) {
	for name, x := range map[string]struct {
		before, after, other bool // taken when it is sent, when it goes out
		want                 []string
	}{
		"taken at night":                  {after: true},
		"taken at night, something else":  {after: true, other: true, want: []string{"Une sortie"}},
		"given at night, something else":  {before: true, other: true, want: []string{"À signer"}},
		"never theirs, something else":    {before: true, after: true, other: true, want: []string{"Une sortie"}},
		"never theirs":                    {before: true, after: true},
		"theirs all the time":             {want: []string{"À signer"}},
		"theirs all the time, and others": {other: true, want: []string{"À signer"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, at(2, 22, 0))
			w.taken[school] = x.before
			w.send(asks(x.other, "claire"))
			w.wants("claire")
			w.taken[school] = x.after
			w.heard = nil
			w.move(at(3, 7, 0))
			w.wants("claire", x.want...)
			if n, err := w.Unread(t.Context(), school, "claire"); n != len(x.want) || err != nil || len(w.heard) != n {
				t.Errorf("%d unread, %v, heard %v", n, err, w.heard)
			}
			w.move(at(3, 18, 5))
			if next, err := w.Round(t.Context()); len(w.mails) != len(x.want) || err != nil || !next.IsZero() {
				t.Errorf("%v, then %s %v", w.mails, next, err)
			}
		})
	}
}

// TestTwoChildrenInstead: what is said instead speaks of everybody too, when the same
// announcement comes of two children before it is shown.
func TestTwoChildrenInstead(t *testing.T) {
	w := newWorld(t, at(2, 22, 0))
	one, two := asks(true, "anna"), asks(true, "anna")
	two.key, two.about = "s2", []*wire.About{{Person: "tom", Name: "Tom"}}
	w.send(one)
	w.send(two)
	w.move(at(3, 7, 0))
	all, err := w.Feed(t.Context(), "anna", []ids.SchoolID{school}, time.Time{}, 10)
	if err != nil || len(all) != 1 || len(all[0].About) != 2 || all[0].Text.GetPlain() != "Une sortie" {
		t.Errorf("%+v %v", all, err)
	}
}

// TestTakenBeforeItIsMailed: what stands in the list stays there, and goes into no
// mail, digest or push any more.
func TestTakenBeforeItIsMailed(t *testing.T) {
	for name, preset := range map[string]Preset{"mail and push": AtOnce, "digest": Together} {
		w := newWorld(t, at(2, 10, 0))
		c := UsualChoice()
		c.Preset, c.Opens, c.Closes = preset, 12*60, 14*60
		if err := w.SetChoice(t.Context(), "claire", c); err != nil {
			t.Fatal(err)
		}
		w.send(asks(false, "claire"))
		w.taken[school] = true
		w.move(at(2, 13, 0))
		w.move(at(2, 18, 5))
		w.wants("claire", "À signer")
		if next, err := w.Round(t.Context()); len(w.mails)+len(w.pushs) > 0 || err != nil || !next.IsZero() {
			t.Errorf("%s: %v %v, then %s %v", name, w.mails, w.pushs, next, err)
		}
	}
}

// TestKindsOf: nobody chooses about what never reaches them; what reaches them in one
// of their schools they do.
func TestKindsOf(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	offered := func(p ids.PersonID, want ...string) {
		t.Helper()
		kinds, err := w.KindsOf(t.Context(), p, school, ecole)
		var got []string
		for _, k := range kinds {
			got = append(got, k.Key())
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v %v, want %v", p, got, err, want)
		}
	}
	offered("claire", "devoirs.nouveau", "devoirs.enfant", "vie.absence", "sorties.nouveau", "sorties.signature")
	offered("anna", "devoirs.nouveau", "vie.absence", "sorties.nouveau")
	w.taken[school] = true
	offered("claire", "devoirs.nouveau", "devoirs.enfant", "vie.absence", "sorties.nouveau", "sorties.signature")
	w.taken[ecole] = true
	offered("claire", "devoirs.nouveau", "devoirs.enfant", "vie.absence", "sorties.nouveau")
	offered("nobody-at-all")
}

// TestInsteadIsDeclared: another notice is of a declared kind and says something.
func TestInsteadIsDeclared(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	for name, other := range map[string]*wire.Instead{
		"no such kind": {Kind: "none", Text: &wire.Text{Plain: "x"}}, "no words": {Kind: "nouveau"},
	} {
		err := w.Service.Send(t.Context(), school, "sorties", &wire.SendRequest{People: []string{"anna"}, Kind: "signature", Text: &wire.Text{Plain: "x"}, Instead: other})
		if errors.KindOf(err) != errors.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.wants("anna")
}

// TestNothingToTakeBack: what nothing was said of is taken back without a write, which
// waits for the disk: a timetable takes hundreds of lessons away.
func TestNothingToTakeBack(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	w.send(notice{key: "h1", words: "x", people: []string{"anna"}})
	w.engine = stuck{w.engine, school}
	if err := w.Withdraw(t.Context(), school, "devoirs", "h2"); err != nil {
		t.Errorf("nothing was said of it: %v", err)
	}
	if err := w.Withdraw(t.Context(), school, "devoirs", "h1"); errors.KindOf(err) != errors.Unavailable {
		t.Errorf("what was said of it stays: %v", err)
	}
}
