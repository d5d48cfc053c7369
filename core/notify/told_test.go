package notify

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// TestEveningToMorning: a family is told at seven of what was sent at ten in the
// evening, staff at once; the event follows the showing.
func TestEveningToMorning(t *testing.T) {
	w := newWorld(t, at(2, 22, 0))
	w.send(notice{key: "h1", words: "Lire le chapitre 3", people: []string{"anna", "paul"}})
	w.wants("anna")
	w.wants("paul", "Lire le chapitre 3")
	w.move(at(3, 6, 59))
	w.wants("anna")
	if len(w.mails)+len(w.pushs) > 0 {
		t.Fatalf("told at night: %v %v", w.mails, w.pushs)
	}
	w.heard = nil
	w.move(at(3, 7, 0))
	w.wants("anna", "Lire le chapitre 3")
	if len(w.heard) != 1 || w.heard[0].Name != EventName || !slices.Equal(w.heard[0].People, []ids.PersonID{"anna"}) {
		t.Errorf("heard %+v", w.heard)
	}
	w.move(at(3, 7, 5))
	to := []string{}
	for _, m := range w.mails {
		to = append(to, m.To)
	}
	if slices.Sort(to); !slices.Equal(to, []string{"anna@example.org", "paul@example.org"}) || len(w.pushs) != 2 {
		t.Errorf("mails to %v, %d pushes", to, len(w.pushs))
	}
	w.move(at(3, 18, 0))
	if len(w.mails) != 2 {
		t.Errorf("told again: %v", w.mails)
	}
}

// TestShownLater: what waits for seven and is shown some seconds after it is new
// from then on to who asked what is new in between.
func TestShownLater(t *testing.T) {
	w := newWorld(t, at(2, 22, 0))
	w.send(notice{key: "h1", words: "Lire le chapitre 3", people: []string{"anna"}})
	late := at(3, 7, 0).Add(3 * time.Second)
	w.move(late)
	list, _, err := w.List(t.Context(), "0750655E", "anna", "", 5)
	if err != nil || len(list) != 1 || !list[0].At.Equal(at(3, 7, 0)) || !list[0].Shown.Equal(late) {
		t.Errorf("%+v %v", list, err)
	}
	other := New(w.engine, nil) // another process did not see it
	if list, _, err = other.List(t.Context(), "0750655E", "anna", "", 5); err != nil || !list[0].Shown.Equal(list[0].At) {
		t.Errorf("%+v %v", list, err)
	}
}

// TestUrgentIsTold at once, at night, past the person's reading hours.
func TestUrgentIsTold(t *testing.T) {
	w := newWorld(t, at(6, 23, 0))
	w.send(notice{words: "Établissement fermé lundi", people: []string{"anna"}, urgent: true})
	w.wants("anna", "Établissement fermé lundi")
	w.move(at(6, 23, 0))
	if len(w.mails) != 1 || len(w.pushs) != 1 || !w.pushs[0].Urgent {
		t.Errorf("%v %v", w.mails, w.pushs)
	}
}

// TestGoneBeforeShown: what is replaced or withdrawn at night is never read.
func TestGoneBeforeShown(t *testing.T) {
	w := newWorld(t, at(2, 21, 0))
	w.send(notice{key: "h1", words: "first", people: []string{"anna"}})
	w.send(notice{key: "h2", words: "other", people: []string{"anna"}})
	w.send(notice{key: "h1", words: "second", people: []string{"anna"}})
	if err := w.Withdraw(t.Context(), "0750655E", "devoirs", "h2"); err != nil {
		t.Fatal(err)
	}
	if err := w.Withdraw(t.Context(), "0750655E", "agenda", "h1"); err != nil { // another module's thing
		t.Fatal(err)
	}
	w.move(at(3, 8, 0))
	w.wants("anna", "second")
	if err := w.Withdraw(t.Context(), "0750655E", "devoirs", "h1"); err != nil {
		t.Fatal(err)
	}
	w.wants("anna")
	w.move(at(3, 9, 0))
	if len(w.mails) != 0 {
		t.Errorf("mailed what was withdrawn: %v", w.mails)
	}
}

// TestOneNoticePerThing: changes merge, in the list and in the mail; a change
// soon after the mail waits an hour.
func TestOneNoticePerThing(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	for _, words := range []string{"un", "deux", "trois"} {
		w.send(notice{key: "h1", words: words, people: []string{"anna"}})
	}
	w.wants("anna", "trois")
	w.move(at(2, 10, 3))
	if len(w.mails) != 1 || len(w.mails[0].Items) != 1 || !strings.Contains(w.mails[0].Items[0], "trois") {
		t.Fatalf("%v", w.mails)
	}
	w.send(notice{key: "h1", words: "quatre", people: []string{"anna"}})
	w.move(at(2, 10, 30))
	if len(w.mails) != 1 {
		t.Errorf("told of each change: %v", w.mails)
	}
	w.move(at(2, 11, 10))
	if len(w.mails) != 2 {
		t.Errorf("the last change is never told: %v", w.mails)
	}
	all, _ := w.Feed(t.Context(), "anna", []ids.SchoolID{"0750655E"}, time.Time{}, 10)
	if len(all) != 1 || all[0].Again != 3 {
		t.Errorf("%+v", all)
	}
}

// TestReadIsNotTold: what was read on the page goes into no mail.
func TestReadIsNotTold(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	w.send(notice{words: "un", people: []string{"anna"}, path: "/1"})
	w.send(notice{words: "deux", people: []string{"anna"}, path: "/2"})
	all, _ := w.Feed(t.Context(), "anna", []ids.SchoolID{"0750655E"}, time.Time{}, 10)
	if err := w.MarkRead(t.Context(), "0750655E", "anna", all[0].ID); err != nil {
		t.Fatal(err)
	}
	w.move(at(2, 10, 5))
	if len(w.mails) != 1 || len(w.mails[0].Items) != 1 {
		t.Errorf("%v", w.mails)
	}
	if _, err := w.Get(t.Context(), "0750655E", "claire", all[0].ID); errors.KindOf(err) != errors.NotFound {
		t.Errorf("another person's notice: %v", err)
	}
}

// TestSameAnnouncementOnce: through two groups or two modules it is one line,
// that names both children; a short word about two things is two.
func TestSameAnnouncementOnce(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	said := "Sortie au musée jeudi : prévoir un pique-nique"
	w.send(notice{module: "agenda", key: "a", words: said, people: []string{"claire"}, path: "/1", about: []*wire.About{{Person: "lea", Name: "Léa"}}})
	w.send(notice{module: "forum", key: "b", words: "  sortie au musée jeudi :  prévoir un pique-nique", people: []string{"claire"}, path: "/2"})
	w.move(at(2, 10, 1)) // of what is of one moment nobody can say which comes first
	w.send(notice{module: "forum", key: "c", words: "Réponse", people: []string{"claire"}, path: "/3"})
	w.send(notice{module: "forum", key: "d", words: "Réponse", people: []string{"claire"}, path: "/4"})
	w.wants("claire", "Réponse", "Réponse", said)
	w.move(at(6, 10, 0))
	w.send(notice{module: "forum", key: "e", words: said, people: []string{"claire"}, path: "/5", urgent: true})
	if n := len(w.lists("claire")); n != 4 {
		t.Errorf("%d lines: after days it is news again", n)
	}
}

// TestOwnChildrenOnly: a guardian reads of no child but their own, and only the
// kinds that are for guardians go to guardians.
func TestOwnChildrenOnly(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	w.send(notice{kind: "enfant", words: "x", people: []string{"claire", "anna"}, about: []*wire.About{{Person: "max", Name: "Max"}, {Person: "lea", Name: "Léa"}}})
	all, _ := w.Feed(t.Context(), "claire", []ids.SchoolID{"0750655E"}, time.Time{}, 10)
	if len(all) != 1 || len(all[0].About) != 1 || all[0].About[0].Name != "Léa" {
		t.Errorf("%+v", all)
	}
	w.wants("anna")
	err := w.Service.Send(t.Context(), "0750655E", "devoirs", &wire.SendRequest{People: []string{"anna"}, Kind: "none", Text: &wire.Text{Plain: "x"}})
	if errors.KindOf(err) != errors.Invalid {
		t.Errorf("a kind that is not declared: %v", err)
	}
}

// TestDigestOfTwoSchools: one mail at the person's hour, each item with its child
// and school, and nothing when there is nothing.
func TestDigestOfTwoSchools(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	w.send(notice{kind: "enfant", words: "Rédaction", people: []string{"claire"}, about: []*wire.About{{Person: "lea", Name: "Léa"}}})
	w.send(notice{school: ecole, kind: "enfant", words: "Dictée", people: []string{"claire"}, about: []*wire.About{{Person: "tom", Name: "Tom"}}})
	w.move(at(2, 17, 59))
	if len(w.mails) > 0 {
		t.Fatalf("%v", w.mails)
	}
	w.move(at(2, 18, 0))
	if len(w.mails) != 1 || !slices.Equal(w.mails[0].Items, []string{"Collège Jules-Ferry: Rédaction (Léa)", "École Pergaud: Dictée (Tom)"}) {
		t.Fatalf("%q", w.mails)
	}
	if s := w.mails[0].Subject; !strings.Contains(s, "Collège Jules-Ferry et École Pergaud") || !strings.Contains(s, "mardi 15 septembre") {
		t.Errorf("subject %q", s)
	}
	w.move(at(3, 18, 0))
	if len(w.mails) != 1 {
		t.Errorf("an empty digest: %v", w.mails)
	}
	c := UsualChoice()
	c.Preset, c.Weekly, c.Weekday, c.Hour = Together, true, time.Friday, 19*60
	if err := w.SetChoice(t.Context(), "claire", c); err != nil {
		t.Fatal(err)
	}
	w.send(notice{words: "deux", people: []string{"claire"}})
	w.move(at(4, 19, 0))
	if len(w.mails) != 1 || len(w.pushs) != 0 {
		t.Errorf("on Thursday: %v %v", w.mails, w.pushs)
	}
	w.move(at(5, 19, 0))
	if len(w.mails) != 2 {
		t.Errorf("on Friday: %v", w.mails)
	}
}

// TestSensitive: mail and push say that something is there, of whom and where,
// and nothing of what it is.
func TestSensitive(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	w.send(notice{module: "vie", kind: "absence", words: "Léa était absente ce matin", people: []string{"claire"}, about: []*wire.About{{Person: "lea", Name: "Léa"}}})
	w.move(at(2, 10, 5))
	if len(w.mails) != 1 || len(w.pushs) != 1 {
		t.Fatalf("%v %v", w.mails, w.pushs)
	}
	m, p := w.mails[0], w.pushs[0]
	for _, s := range append(m.Items, m.Subject, p.Title, p.Body) {
		if strings.Contains(s, "absen") {
			t.Errorf("says %q", s)
		}
	}
	for _, s := range []string{m.Subject, p.Title} {
		if !strings.Contains(s, "Léa") || !strings.Contains(s, "Collège Jules-Ferry") {
			t.Errorf("does not say of whom and where: %q", s)
		}
	}
	if p.Unread != 1 || !strings.HasPrefix(p.URL, "/e/0750655E/notifications/") {
		t.Errorf("%+v", p)
	}
}

// TestReadingHours: mail and push wait for the person's own hours.
func TestReadingHours(t *testing.T) {
	w := newWorld(t, at(2, 19, 59))
	c := UsualChoice()
	c.Opens, c.Closes, c.WeekEnds = 12*60, 14*60, false
	if err := w.SetChoice(t.Context(), "paul", c); err != nil {
		t.Fatal(err)
	}
	w.move(at(5, 20, 0))
	w.send(notice{words: "x", people: []string{"paul"}})
	w.wants("paul", "x")
	w.move(at(8, 11, 59))
	if len(w.mails)+len(w.pushs) > 0 {
		t.Fatalf("%v %v", w.mails, w.pushs)
	}
	w.move(at(8, 12, 0))
	if len(w.mails) != 1 || len(w.pushs) != 1 || !strings.HasPrefix(w.mails[0].Subject, "Collège Jules-Ferry: x") {
		t.Errorf("%v %v", w.mails, w.pushs)
	}
}

// TestOwnChoice: kind by kind, nothing included; unsubscribing by one click.
func TestOwnChoice(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	c := UsualChoice()
	c.Preset = Own
	c.Ways = map[string][]manifest.Way{"devoirs.nouveau": {manifest.ByMail}, "vie.absence": {}}
	if err := w.SetChoice(t.Context(), "anna", c); err != nil {
		t.Fatal(err)
	}
	w.send(notice{words: "mail only", people: []string{"anna"}})
	w.send(notice{module: "vie", kind: "absence", words: "nothing", people: []string{"anna"}})
	w.wants("anna")
	w.move(at(2, 10, 5))
	if len(w.mails) != 1 || len(w.mails[0].Items) != 1 || len(w.pushs) != 0 {
		t.Fatalf("%v %v", w.mails, w.pushs)
	}
	token := strings.TrimPrefix(w.mails[0].Stop, "https://ent.example.fr"+StopPrefix)
	for _, forged := range []string{"", "x", token + "x", "x" + token, strings.Replace(token, ".", "..", 1)} {
		if err := w.Stop(t.Context(), forged); errors.KindOf(err) != errors.NotFound {
			t.Errorf("%q: %v", forged, err)
		}
	}
	for range 2 {
		if err := w.Stop(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	w.send(notice{words: "no more", people: []string{"anna"}})
	w.move(at(2, 12, 0))
	if len(w.mails) != 1 {
		t.Errorf("mailed after unsubscribing: %v", w.mails)
	}
	if got, _ := w.Choice(t.Context(), "anna"); !slices.Equal(got.Unmailed, []string{"devoirs.nouveau"}) {
		t.Errorf("%+v", got)
	}
	for name, bad := range map[string]Choice{
		"preset": {Preset: "x", Always: true}, "hour": {Hour: day, Always: true}, "hours": {Opens: 60, Closes: 60}, "way": {Always: true, Ways: map[string][]manifest.Way{"k": {"smoke"}}},
	} {
		if err := w.SetChoice(t.Context(), "anna", bad); errors.KindOf(err) != errors.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
