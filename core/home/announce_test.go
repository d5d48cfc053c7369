package home

import (
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// guide offers one first page, to teachers only.
type guide struct{ *bench }

func (guide) Shortcuts(c host.Caller) []*wire.Link {
	for _, role := range c.Roles {
		if role == "enseignant" {
			return []*wire.Link{{Module: "m", Path: "/"}}
		}
	}
	return nil
}

func caller(profile string, roles ...string) host.Caller {
	return host.Caller{Viewer: &wire.Viewer{Person: profile, School: "0750655E", Profile: profile, Locale: "fr"}, Roles: append(roles, profile)}
}

func TestAnnouncementsAreForTheirProfiles(t *testing.T) {
	s, b := newBench(t, Pace{})
	s.cfg.Modules = guide{b}
	for _, a := range []*Announcement{
		{Text: "Conseil", Title: "Jeudi", Module: "m"},
		{News: true, Text: "Pour les enseignants", Profiles: []ids.Profile{ids.Enseignant}},
	} {
		if err := s.Announce(t.Context(), audit.By{}, "0750655E", a); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		who  host.Caller
		link bool
		news string
	}{
		{caller("enseignant"), true, "Pour les enseignants"},
		{caller("eleve"), false, ""},
		{caller("parent", "enseignant"), false, ""}, // the copy is shared by all parents
	} {
		banner := show(t, s, c.who, BannerWidget)
		w := banner.Node.GetBanner()
		if (w.GetLink() != nil) != c.link || w.GetText().GetKey() != "home.banner.titled" {
			t.Errorf("%s: banner %v", c.who.Viewer.Profile, w)
		}
		if news := show(t, s, c.who, NewsWidget).Node.GetMarkdown().GetSource(); news != c.news {
			t.Errorf("%s: news %q", c.who.Viewer.Profile, news)
		}
	}
}
