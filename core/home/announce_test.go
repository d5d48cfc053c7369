package home

import (
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// guide offers one first page, to teachers only.
type guide struct{ *bench }

func (guide) Shortcuts(c host.Caller) []*wire.Link {
	if slices.Contains(c.Roles, "enseignant") {
		return []*wire.Link{{Module: "m", Path: "/"}}
	}
	return nil
}

func caller(profile string, roles ...string) host.Caller {
	return host.Caller{Viewer: &wire.Viewer{Person: profile, School: "0750655E", Profile: profile, Locale: "fr"}, Roles: append(roles, profile)}
}

func say(t *testing.T, s *Service, a *Announcement) *Announcement {
	t.Helper()
	if err := s.Announce(t.Context(), audit.By{}, "0750655E", a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAnnouncementsAreForTheirProfiles(t *testing.T) {
	s, b := newBench(t, Pace{})
	s.cfg.Modules = guide{b}
	say(t, s, &Announcement{Text: "Conseil", Title: "Jeudi", Module: "m", Path: "/conseil"})
	say(t, s, &Announcement{News: true, Text: "Pour les enseignants", Profiles: []ids.Profile{ids.Enseignant}})
	for _, c := range []struct {
		who  host.Caller
		link string
		news string
	}{
		{caller("enseignant"), "/conseil", "Pour les enseignants"},
		{caller("eleve"), "", ""},
		{caller("parent", "enseignant"), "/conseil", ""},
	} {
		item := show(t, s, c.who, BannerWidget).Node.GetList().GetItems()[0]
		if item.GetLink().GetPath() != c.link || item.Title.GetPlain() != "Jeudi" || item.Detail.GetPlain() != "Conseil" {
			t.Errorf("%s: banner %v", c.who.Viewer.Profile, item)
		}
		if news := show(t, s, c.who, NewsWidget).Node.GetMarkdown().GetSource(); news != c.news {
			t.Errorf("%s: news %q", c.who.Viewer.Profile, news)
		}
	}
}

// TestNewsHasItsTitle: below the block's own name, which the page shows instead of
// the node's.
func TestNewsHasItsTitle(t *testing.T) {
	s, _ := newBench(t, Pace{})
	say(t, s, &Announcement{News: true, Title: "Le club théâtre", Text: "Chaque mardi."})
	inside := show(t, s, caller("eleve"), NewsWidget).Node.GetSection().GetNodes()
	if len(inside) != 1 || inside[0].GetTitle().GetPlain() != "Le club théâtre" || inside[0].GetMarkdown().GetSource() != "Chaque mardi." {
		t.Errorf("the block shows %v", inside)
	}
}

// banner lists the titles a viewer sees, with the children they are about.
func bannerOf(t *testing.T, s *Service, c host.Caller) (out []string) {
	t.Helper()
	n, err := s.banner(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range n.GetList().GetItems() {
		line := it.GetTitle().GetPlain()
		for _, a := range it.About {
			line += " (" + a.Name + ")"
		}
		out = append(out, line)
	}
	return out
}

func TestBannerIsForItsClassesAndTimes(t *testing.T) {
	s, _ := newBench(t, Pace{})
	now := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	s.cfg.Now = func() time.Time { return now }
	say(t, s, &Announcement{Text: "Sortie", Groups: []ids.GroupID{"6a"}})
	say(t, s, &Announcement{Text: "Grève", Tone: ui.Bad, From: now.Add(time.Hour), Until: now.Add(2 * time.Hour)})
	say(t, s, &Announcement{Text: "Photo", Tone: ui.Warn, Profiles: []ids.Profile{ids.Parent}})
	in := func(profile, group string) host.Caller {
		c := caller(profile)
		c.Viewer.Groups = []*wire.Group{{Id: group}}
		return c
	}
	mother := caller("parent")
	mother.Viewer.Children = []*wire.Child{
		{Person: "lea", FirstName: "Léa", Groups: []*wire.Group{{Id: "6a"}}}, {Person: "zoe", FirstName: "Zoé", Groups: []*wire.Group{{Id: "5b"}}}}
	expect := func(when string, c host.Caller, want ...string) {
		t.Helper()
		if got := bannerOf(t, s, c); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	expect("a pupil of the class", in("eleve", "6a"), "Sortie")
	expect("another class", in("eleve", "5b"))
	expect("the mother", mother, "Photo", "Sortie (Léa)")
	mother.Viewer.Child = "zoe"
	expect("the mother, looking at Zoé", mother, "Photo")
	now = now.Add(time.Hour)
	expect("the strike begins, in front", in("parent", "6a"), "Grève", "Photo", "Sortie")
	now = now.Add(time.Hour)
	expect("it is over", in("eleve", "6a"), "Sortie")
}

// TestWhoHasReadIsCounted: once each, only those it is shown to, and again when
// the words change.
func TestWhoHasReadIsCounted(t *testing.T) {
	s, _ := newBench(t, Pace{})
	a := say(t, s, &Announcement{Text: "Cantine fermée", Receipt: true, Profiles: []ids.Profile{ids.Parent}})
	open := say(t, s, &Announcement{Text: "Sans réponse"})
	parent, pupil := caller("parent"), caller("eleve")
	if err := s.Acknowledge(t.Context(), pupil, a.ID); errors.KindOf(err) != errors.NotFound {
		t.Errorf("a pupil reads what parents are told: %v", err)
	}
	if err := s.Acknowledge(t.Context(), parent, open.ID); errors.KindOf(err) != errors.NotFound {
		t.Errorf("nobody asked: %v", err)
	}
	for range 2 {
		if err := s.Acknowledge(t.Context(), parent, a.ID); err != nil {
			t.Fatal(err)
		}
	}
	count := func(want int) {
		t.Helper()
		list, err := s.Receipts(t.Context(), "0750655E", a.ID)
		if err != nil || len(list) != want || want > 0 && list[0].Person != "parent" {
			t.Errorf("read by %v, %v; want %d", list, err, want)
		}
	}
	count(1)
	if got := bannerOf(t, s, parent); !slices.Equal(got, []string{"Sans réponse"}) {
		t.Errorf("still there: %q", got)
	}
	a.Until = s.cfg.Now().Add(time.Hour)
	say(t, s, a)
	count(1)
	a.Text = "Cantine fermée jeudi aussi"
	say(t, s, a)
	count(0)
	if got := bannerOf(t, s, parent); !slices.Contains(got, a.Text) {
		t.Errorf("asked again: %q", got)
	}
	if err := s.Acknowledge(t.Context(), parent, a.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.TakeDown(t.Context(), audit.By{}, "0750655E", a.ID); err != nil {
		t.Fatal(err)
	}
	count(0)
}
