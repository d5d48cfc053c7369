package console

import (
	"slices"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// placed is the page of pupils as one line: "banner shortcuts+ news!", where +
// is pinned and ! is locked.
func (b *bench) placed(profile ids.Profile) string {
	b.t.Helper()
	p, err := b.Home.SchoolPage(b.t.Context(), college, profile)
	b.must(err)
	var out []string
	for _, at := range p.Layout {
		mark := map[home.Hold]string{home.PinnedIn: "+", home.LockedIn: "!"}[at.Holds()]
		out = append(out, at.ID()+mark)
	}
	return strings.Join(out, " ")
}

func TestHomesChangeAsTheyAreTold(t *testing.T) {
	b := newBench(t)
	for _, step := range []struct{ do, block, want string }{
		{"descendre", home.BannerWidget, "shortcuts banner news"},
		{"monter", home.NewsWidget, "shortcuts news banner"},
		{"monter", home.ShortcutsWidget, "shortcuts news banner"}, // already first
		{"epingler", home.NewsWidget, "shortcuts news+ banner"},
		{"verrouiller", home.ShortcutsWidget, "shortcuts! news+ banner"},
		{"monter", home.BannerWidget, "shortcuts! banner news+"}, // who holds a widget may also move others past it
		{"monter", home.BannerWidget, "banner shortcuts! news+"},
		{"epingler", home.ShortcutsWidget, "banner shortcuts+ news+"},
		{"liberer", home.NewsWidget, "banner shortcuts+ news"},
		{"enlever", home.ShortcutsWidget, "banner news"},
		{"ajouter", home.ShortcutsWidget, "banner shortcuts news"}, // no longer pinned
		{"enlever", home.BannerWidget, "shortcuts news"},
		{"origine", "", "banner shortcuts news"},
	} {
		if to := b.ok("yann", "POST", homesPath, "profil", "eleve", "geste", step.do, "bloc", step.block); to != homePath(ids.Eleve) {
			t.Errorf("%s leads to %q", step.do, to)
		}
		if got := b.placed(ids.Eleve); got != step.want {
			t.Fatalf("%s %s: %q, want %q", step.do, step.block, got, step.want)
		}
	}
	if got := b.placed(ids.Parent); got != "banner shortcuts news" {
		t.Errorf("parents' page changed too: %s", got)
	}
	list, _, err := b.Audit.List(t.Context(), college, audit.Query{Action: audit.HomeChanged, Limit: 50})
	b.must(err)
	has(t, "journal", b.ok("yann", "GET", journalPath+"?action=home.changed"), "changement : épinglé", "profil : Élève")
	// "already first" changes nothing and is not noted
	if len(list) != 12 || list[len(list)-1].Actor != ids.PersonID(b.member("yann").ID) || list[len(list)-1].Details["role"] != "eleve" || list[len(list)-1].Object != home.BannerWidget {
		t.Errorf("journal has %d: %+v", len(list), list[len(list)-1])
	}
}

func TestHomesSizes(t *testing.T) {
	b := newBench(t)
	has(t, "form", b.ok("yann", "GET", homesPath), `name="core.shortcuts"`, "Petite taille", "Pleine largeur")
	b.ok("yann", "POST", homesPath, "profil", "eleve", "geste", "tailles", home.ShortcutsWidget, "full", home.NewsWidget, "m")
	p, err := b.Home.SchoolPage(t.Context(), college, ids.Eleve)
	b.must(err)
	if i := p.Layout.Index(home.ShortcutsWidget); p.Layout[i].Size != home.Full {
		t.Errorf("size = %s", p.Layout[i].Size)
	}
	b.refuses("yann", "POST", homesPath, errors.Invalid, "profil", "eleve", "geste", "tailles", home.NewsWidget, "s")
	b.refuses("yann", "POST", homesPath, errors.Invalid, "profil", "eleve", "geste", "danser")
	b.refuses("yann", "GET", homesPath+"?profil=martien", errors.NotFound)
	b.refuses("yann", "POST", homesPath, errors.NotFound, "profil", "martien", "geste", "origine")
	b.refuses("lea", "POST", homesPath, errors.Denied, "profil", "eleve", "geste", "origine")
}

func TestHomesSayWhatIsSo(t *testing.T) {
	b := newBench(t)
	do := func(what, block string) (string, string) {
		t.Helper()
		a, err := b.visit("yann", "POST", homesPath, "profil", "eleve", "geste", what, "bloc", block)
		b.must(err)
		speak := b.words.Speaker("fr", nil, b.now)
		return speak.Text(a.Said), a.Tone.String()
	}
	for _, c := range []struct{ do, block, want, tone string }{
		{"descendre", home.BannerWidget, "« À ne pas manquer » : place 2 sur 3.", "OK"},
		{"ajouter", home.BannerWidget, "Ce bloc est déjà sur cette page d’accueil.", "WARN"},
		{"enlever", home.BannerWidget, "« À ne pas manquer » n’est plus sur la page.", "OK"},
		{"monter", home.BannerWidget, "Ce bloc n’est plus sur cette page d’accueil.", "WARN"},
		{"ajouter", "forum.nothing", "Ce bloc n’est pas proposé par votre établissement.", "WARN"},
	} {
		got, tone := do(c.do, c.block)
		if plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(got); plain != c.want || !strings.HasSuffix(tone, c.tone) {
			t.Errorf("%s %s: %s %q, want %q", c.do, c.block, tone, plain, c.want)
		}
	}
	lacks(t, "nothing to add", b.ok("yann", "GET", homePath(ids.Parent)), "Revenir à la présentation d’origine")
	has(t, "nothing to add", b.ok("yann", "GET", homePath(ids.Parent)), "Tous les blocs que ce profil peut voir")
	for _, w := range []string{home.ShortcutsWidget, home.NewsWidget} {
		do("enlever", w)
	}
	has(t, "empty page", b.ok("yann", "GET", homesPath), "Il n’y a plus aucun bloc", "Revenir à la présentation d’origine", "Raccourcis")
	if !slices.ContainsFunc(sections, func(s section) bool { return s.path == homesPath }) {
		t.Error("the overview does not lead to home pages")
	}
}
