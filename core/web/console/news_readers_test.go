package console

import (
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// TestWhoHasRead: an event of a class is counted over that class, and the head
// sees who has read it and who has not.
func TestWhoHasRead(t *testing.T) {
	b := newBench(t)
	class, err := b.Identity.SaveGroup(t.Context(), audit.By{}, college, identity.Group{Name: "3e Z", Kind: identity.Classe})
	b.must(err)
	ana := b.member("ana")
	b.must(b.Identity.SetGroups(t.Context(), audit.By{}, college, ids.PersonID(ana.ID), []ids.GroupID{class}))
	b.ok("yann", "POST", newsPath, "genre", kindBanner, "titre", "Sortie", "texte", "Mardi", "lecture", "on", "profils", "eleve",
		"classes", string(class), "adresse", "https://ent.example.fr/m/forum/sujet/1?onglet=a")
	list, err := b.Home.Announcements(t.Context(), college)
	b.must(err)
	if a := list[0]; a.Module != "forum" || a.Path != "/sujet/1?onglet=a" || !a.Receipt || len(a.Groups) != 1 {
		t.Fatalf("announced %+v", a)
	}
	at := newsPath + "/" + list[0].ID
	has(t, "list", b.ok("yann", "GET", newsPath), "3e Z", "confirmée sur 1")
	has(t, "form", b.ok("yann", "GET", at), "/m/forum/sujet/1?onglet=a", at+"/lectures")
	has(t, "nobody yet", b.ok("yann", "GET", at+"/lectures"), ana.Name(), "Pas encore", "3e Z")
	pupil := host.Caller{Viewer: &wire.Viewer{Person: ana.ID, School: string(college), Profile: "eleve", Groups: []*wire.Group{{Id: string(class)}}}}
	b.must(b.Home.Acknowledge(t.Context(), pupil, list[0].ID))
	has(t, "readers", b.ok("yann", "GET", at+"/lectures?lu=oui"), ana.Name())
	lacks(t, "those left", b.ok("yann", "GET", at+"/lectures?lu=non"), ana.Name())
	b.refuses("zoe", "GET", at+"/lectures", errors.NotFound)
	for name, pairs := range map[string][]string{
		"another site's page": {"texte", "x", "adresse", "https://exemple.fr/"},
		"a class elsewhere":   {"texte", "x", "classes", "other"},
	} {
		if a, err := b.visit("yann", "POST", newsPath, pairs...); err != nil || a.Status != 422 {
			t.Errorf("%s: %+v %v", name, a, err)
		}
	}
}

// TestAddressOfAnAnnouncement: what people paste is an address of a module's
// page, or refused.
func TestAddressOfAnAnnouncement(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "/m/agenda/?vue=jour": "/m/agenda/?vue=jour", " https://ent.example.fr/m/devoirs/devoir/1 ": "/m/devoirs/devoir/1",
		"/compte": "!", "javascript:alert(1)": "!", "/m/agenda": "!", "//m/x/": "!", "%": "!",
	} {
		a := &home.Announcement{}
		got := "!"
		if err := addressed(a, text); err == nil {
			got = address(a)
		}
		if got != want {
			t.Errorf("%q leads to %q, want %q", text, got, want)
		}
	}
}
