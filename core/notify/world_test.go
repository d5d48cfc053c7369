package notify

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/core/push"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/wire"
)

const ecole = ids.SchoolID("0380089W")

var paris, _ = time.LoadLocation("Europe/Paris")

// at is a moment of the week of Monday 14 September 2026 in Paris.
func at(day, hour, minute int) time.Time {
	return time.Date(2026, 9, 13+day, hour, minute, 0, 0, paris)
}

// world is two schools: claire is the mother of léa in the first and of tom in
// the second, anna a pupil, paul a teacher of the first.
type world struct {
	*Service
	t     *testing.T
	mu    sync.Mutex
	clock time.Time
	kinds []Kind
	left  map[ids.PersonID]bool
	lang  string // claire's
	mails []mailed
	pushs []push.Message
	away  error // what the mail server says
	on    func()
	heard []events.Event
	taken map[ids.SchoolID]bool // schools that took sorties.sign from parents
}

type mailed struct {
	ID, To, Subject, Stop string
	Items                 []string
}

func newWorld(t *testing.T, clock time.Time) *world {
	t.Helper()
	engine, err := bolt.Open(filepath.Join(t.TempDir(), "core"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	words, err := locale.New(Locales)
	if err != nil {
		t.Fatal(err)
	}
	if err := words.AddModule("devoirs", fstest.MapFS{"locales/fr.json": {Data: []byte(`{"k":"Français : {{.title}}"}`)}, "locales/en.json": {Data: []byte(`{}`)}}); err != nil {
		t.Fatal(err)
	}
	bus := events.New(engine, nil)
	w := &world{Service: New(engine, bus), t: t, clock: clock, left: map[ids.PersonID]bool{}, taken: map[ids.SchoolID]bool{}, kinds: []Kind{
		{Module: "devoirs", Notice: manifest.Notice{ID: "nouveau", Default: []manifest.Way{manifest.ByMail, manifest.ByPush}}},
		{Module: "devoirs", Notice: manifest.Notice{ID: "enfant", Default: []manifest.Way{manifest.InDigest}, Profiles: []ids.Profile{ids.Parent}}},
		{Module: "vie", Notice: manifest.Notice{ID: "absence", Default: []manifest.Way{manifest.ByMail, manifest.ByPush}, Sensitive: true}},
		{Module: "sorties", Notice: manifest.Notice{ID: "nouveau", Default: []manifest.Way{manifest.InDigest}}},
		{Module: "sorties", Notice: manifest.Notice{ID: "signature", Default: []manifest.Way{manifest.ByMail, manifest.ByPush}, Permission: "sorties.sign"}},
	}}
	t.Cleanup(bus.Subscribe(func(e events.Event) { w.heard = append(w.heard, e) }))
	err = w.Equip(t.Context(), Tools{Now: w.time, People: w, Kinds: func(ids.SchoolID) []Kind { return w.kinds }, May: w.may, Words: words,
		Mail: w, Push: pushes{w}, Site: "https://ent.example.fr"})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) time() time.Time { w.mu.Lock(); defer w.mu.Unlock(); return w.clock }

// move sets the clock and does all that is due.
func (w *world) move(to time.Time) {
	w.t.Helper()
	w.mu.Lock()
	w.clock = to
	w.mu.Unlock()
	if _, err := w.Round(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// may is what schools allow: parents sign, where it was not taken from them.
func (w *world) may(school ids.SchoolID, roles []string, p ids.Permission) bool {
	return p == "sorties.sign" && slices.Contains(roles, string(ids.Parent)) && !w.taken[school]
}

func (w *world) Readers(_ context.Context, school ids.SchoolID, people ...ids.PersonID) (out []Reader, err error) {
	name := map[ids.SchoolID]string{"0750655E": "Collège Jules-Ferry", ecole: "École Pergaud"}[school]
	all := map[ids.PersonID]Reader{
		"claire": {Name: "Claire Martin", Profile: ids.Parent, Email: "claire@example.org"},
		"anna":   {Name: "Anna Roux", Profile: ids.Eleve, Email: "anna@example.org"},
		"paul":   {Name: "Paul Leroy", Profile: ids.Enseignant, Email: "paul@example.org", Lang: "en"},
		"nomail": {Name: "Sans Adresse", Profile: ids.Parent},
	}
	for _, p := range people {
		r, ok := all[p]
		if !ok || w.left[p] {
			continue
		}
		r.Person, r.School, r.Zone, r.Roles = p, name, paris, []string{string(r.Profile)}
		if p == "claire" {
			r.Lang = w.lang
		}
		if p == "claire" && school == ecole {
			r.Children = []Child{{"tom", "Tom"}}
		} else if p == "claire" {
			r.Children = []Child{{"lea", "Léa"}}
		}
		out = append(out, r)
	}
	return out, nil
}

func (w *world) Schools(_ context.Context, p ids.PersonID) ([]ids.SchoolID, error) {
	switch {
	case w.left[p]:
		return nil, nil
	case p == "claire":
		return []ids.SchoolID{"0750655E", ecole}, nil
	}
	return []ids.SchoolID{"0750655E"}, nil
}

func (w *world) Zone(context.Context, ids.SchoolID) *time.Location { return paris }

// Send implements Mailer.
func (w *world) Send(_ context.Context, l *mail.Letter) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.on != nil {
		w.on()
	}
	if w.away != nil {
		return w.away
	}
	m := mailed{ID: l.ID, To: l.To, Subject: l.Subject, Stop: l.Stop}
	if l.Page.Nodes[0].GetSection() == nil { // a single one
		m.Items = []string{l.Say.Text(l.Page.Subtitle) + ": " + l.Say.Text(l.Page.Title)}
	}
	for _, n := range l.Page.Nodes {
		for _, inner := range n.GetSection().GetNodes() {
			for _, i := range inner.GetList().GetItems() {
				line := l.Say.Text(n.GetTitle()) + ": " + l.Say.Text(i.GetTitle())
				for _, a := range i.GetAbout() {
					line += " (" + a.GetName() + ")"
				}
				m.Items = append(m.Items, line)
			}
		}
	}
	w.mails = append(w.mails, m)
	return nil
}

type pushes struct{ *world }

func (p pushes) Send(_ context.Context, _ ids.PersonID, m push.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pushs = append(p.pushs, m)
	return nil
}

// notice is one to be sent; the zero one is of the first kind of devoirs.
type notice struct {
	school ids.SchoolID
	module ids.ModuleID
	kind   string
	key    string
	words  string
	people []string
	about  []*wire.About
	urgent bool
	from   time.Time
	path   string
	other  *wire.Instead
}

func (w *world) send(n notice) {
	w.t.Helper()
	if n.school == "" {
		n.school = "0750655E"
	}
	if n.module == "" {
		n.module = "devoirs"
	}
	if n.path == "" {
		n.path = "/x"
	}
	r := &wire.SendRequest{People: n.people, Kind: n.kind, Key: n.key, Text: &wire.Text{Plain: n.words}, Link: &wire.Link{Path: n.path}, About: n.about, Urgent: n.urgent, Instead: n.other}
	if !n.from.IsZero() {
		r.From = timestamppb.New(n.from)
	}
	if err := w.Service.Send(w.t.Context(), n.school, n.module, r); err != nil {
		w.t.Fatal(err)
	}
}

// lists returns the words of a person's list, newest first.
func (w *world) lists(p ids.PersonID) (out []string) {
	w.t.Helper()
	all, err := w.Feed(w.t.Context(), p, []ids.SchoolID{"0750655E", ecole}, time.Time{}, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, n := range all {
		out = append(out, n.Text.GetPlain())
	}
	return out
}

func (w *world) wants(p ids.PersonID, want ...string) {
	w.t.Helper()
	if got := w.lists(p); !slices.Equal(got, want) {
		w.t.Errorf("%s reads %q, want %q", p, got, want)
	}
}
