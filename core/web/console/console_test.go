package console

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// addresses fills in the parameters of every GET route.
func (b *bench) addresses() []string {
	b.ok("yann", "POST", newsPath, "genre", kindBanner, "texte", "Réunion", "niveau", "warn")
	b.ok("yann", "POST", lookPath, "theme", "preau", "@logo", png)
	list, err := b.Home.Announcements(b.t.Context(), college)
	b.must(err)
	groups, err := b.Identity.Groups(b.t.Context(), college)
	b.must(err)
	look, err := b.Look(b.t.Context(), college)
	b.must(err)
	fill := map[string]string{modulesPath + "/:id": modulesPath + "/forum", modulesPath + "/:id/messages": modulesPath + "/forum/messages",
		rightOne: rightOne + "?droit=forum.read", peoplePath + "/:id": peoplePath + "/" + b.member("ana").ID, peoplePath + "/:id/corriger": peoplePath + "/" + b.member("ana").ID + "/corriger", peoplePath + "/:id/profil": peoplePath + "/" + b.member("ana").ID + "/profil",
		groupsPath + "/:id": groupsPath + "/" + groups[0].ID, newsPath + "/:id": newsPath + "/" + list[0].ID, newsPath + "/:id/lectures": newsPath + "/" + list[0].ID + "/lectures", logoPath + "/:hash": look.Logo}
	var out []string
	for _, r := range b.Routes() {
		if r.Method == "GET" {
			if to := fill[r.Path]; to != "" {
				out = append(out, to)
			} else {
				out = append(out, r.Path)
			}
		}
	}
	return out
}

// png is a picture of one point.
const png = "\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\x0d\x49\x44\x41\x54\x78\x9c\x63\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99\x3d\x1d\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82"

func TestEveryPageIsDrawnInBothLanguages(t *testing.T) {
	b := newBench(t)
	for _, at := range b.addresses() {
		for _, lang := range []string{"fr", "en"} {
			a, err := b.visit("yann", "GET", at)
			if err != nil {
				t.Errorf("%s: %v", at, err)
				continue
			}
			lacks(t, at+" in "+lang, b.show(a, lang), "⟦", "%!")
		}
	}
}

func TestEveryAddressIsForThoseWhoRunTheSchool(t *testing.T) {
	b := newBench(t)
	for _, r := range b.Routes() {
		if r.Path == logoPath+"/:hash" {
			continue // everyone of the school sees the logo: TestLook
		}
		if r.Public || r.Permission != access.Admin && !strings.HasPrefix(string(r.Permission), string(access.Admin)+".") {
			t.Errorf("%s %s asks for %q", r.Method, r.Path, r.Permission)
		}
		for _, role := range []string{"eleve", "parent", "enseignant", "viescolaire", "personnel"} {
			if b.Access.May(college, []string{role}, r.Permission) {
				t.Errorf("%s may %s %s", role, r.Method, r.Path)
			}
		}
	}
}

func TestOverviewShowsOnlyWhatTheVisitorMay(t *testing.T) {
	b := newBench(t)
	has(t, "head", b.ok("yann", "GET", root), "Modules", "Journal", "« Le forum » est momentanément indisponible", "1 compte")
	b.refuses("vera", "GET", root, errors.Denied)
	b.allow("viescolaire", access.Admin, access.AdminPeople)
	text := b.ok("vera", "GET", root)
	has(t, "school life", text, peoplePath)
	lacks(t, "school life", text, rightsPath, journalPath, `href="`+modulesPath+`"`)
}

func (b *bench) allow(role string, permissions ...ids.Permission) {
	b.t.Helper()
	for _, p := range permissions {
		b.must(b.Access.Set(b.t.Context(), access.Change{School: college, Role: role, Permission: p, Effect: access.Allow}))
	}
}

func TestModules(t *testing.T) {
	b := newBench(t)
	has(t, "catalogue", b.ok("zoe", "GET", modulesPath), "Le forum", "Parler ensemble", "Désactivé", modulesPath+"/forum/activer")
	has(t, "module", b.ok("yann", "GET", modulesPath+"/forum"), "Lire l’annuaire", "forum.posted", "Élève et Enseignant", "90 jours", "Messages par jour", "2 fois", "/desactiver")
	if to := b.ok("zoe", "POST", modulesPath+"/forum/activer"); to != modulesPath+"/forum" || !b.mods.on[lycee] || b.mods.by.Person != b.member("zoe").Person() {
		t.Errorf("%s %v %v", to, b.mods.on, b.mods.by)
	}
	b.ok("yann", "POST", modulesPath+"/forum/desactiver")
	if b.mods.on[college] || !b.mods.on[lycee] {
		t.Errorf("switched for another school: %v", b.mods.on)
	}
	b.refuses("yann", "GET", modulesPath+"/nothing", errors.NotFound)
	b.refuses("yann", "POST", modulesPath+"/nothing/activer", errors.NotFound)
	text := b.ok("yann", "GET", modulesPath+"/forum/messages")
	if first, second := strings.Index(text, "first"), strings.Index(text, "second"); first < 0 || second > first {
		t.Error("log is not the newest first")
	}
	has(t, "log", text, "Arrêt imprévu", "exit status 2", "preau: made up")
	lacks(t, "log", text, "backing-off")
	for _, state := range []supervise.State{supervise.Starting, supervise.Serving, supervise.Degraded, supervise.BackingOff, supervise.Quarantined, supervise.Stopped} {
		if !slices.Contains(steps, string(state)) {
			t.Errorf("no words for the state %s", state)
		}
	}
	for _, step := range steps {
		title := logLine(host.Line{Text: "preau: " + step}).Title
		for _, lang := range []string{"fr", "en"} {
			if !b.words.Speaker(lang, time.UTC, b.now).Has(title.GetKey()) {
				t.Errorf("%q is not said in %s", step, lang)
			}
		}
	}
}

func TestSettings(t *testing.T) {
	b := newBench(t)
	path := modulesPath + "/forum/reglages"
	b.ok("yann", "POST", path, "most", "12", "motto", " Bonjour ", "mode", "relu", "days", "mardi", "days", "lundi")
	if got := string(b.mods.settings[college]); got != `{"days":["lundi","mardi"],"mode":"relu","most":12,"motto":"Bonjour","open":false}` {
		t.Errorf("stored %s", got)
	}
	has(t, "form", b.ok("yann", "GET", modulesPath+"/forum"), `value="12"`, `value="Bonjour"`)
	for name, pairs := range map[string][]string{
		"too many":     {"most", "51"},
		"no number":    {"most", "beaucoup"},
		"half":         {"most", "2,5"},
		"empty number": {"most", ""},
		"not in enum":  {"most", "3", "mode", "x"},
		"too long":     {"most", "3", "motto", strings.Repeat("é", 21)},
		"infinite":     {"most", "Inf"},
	} {
		a, err := b.visit("yann", "POST", path, append(pairs, "mode", "libre")...) // the first of a name counts
		if err != nil || a.Status != 422 {
			t.Errorf("%s: %+v %v", name, a, err)
			continue
		}
		wrong := 0
		for _, n := range a.Page.Nodes {
			for _, inner := range n.GetSection().GetNodes() {
				for _, f := range inner.GetForm().GetFields() {
					if f.Error != nil {
						wrong++
					}
				}
			}
		}
		if wrong != 1 {
			t.Errorf("%s: %d fields are marked", name, wrong)
		}
	}
	if !strings.Contains(string(b.mods.settings[college]), `"most":12`) || b.mods.settings[lycee] != nil {
		t.Errorf("refused settings were stored: %s", b.mods.settings)
	}
}

func TestRights(t *testing.T) {
	b := newBench(t)
	path := rightOne + "?droit=forum.read"
	has(t, "matrix", b.ok("yann", "GET", rightsPath), "Le forum", rightOne, "Changer les droits")
	has(t, "matrix", b.ok("yann", "GET", rightsPath+"?module=forum"), "Modérer", rightOne)
	lacks(t, "matrix of a school without the module", b.ok("zoe", "GET", rightsPath+"?module=forum"), "Modérer", "Le forum")
	b.refuses("zoe", "GET", path, errors.NotFound)
	b.refuses("yann", "GET", rightOne+"?droit=forum.fly", errors.NotFound)
	b.ok("yann", "POST", path, "eleve", "deny", "parent", "allow", "enseignant", saidDefault, "roi", "allow")
	may := func(role string) bool { return b.Access.May(college, []string{role}, "forum.read") }
	if may("eleve") || !may("parent") || !may("enseignant") {
		t.Error("the form is not in force")
	}
	has(t, "matrix", b.ok("yann", "GET", rightsPath+"?module=forum"), "Non (modifié)", "Oui (modifié)")
	lines, _, err := b.Audit.List(t.Context(), college, audit.Query{Action: audit.PermissionSet})
	if err != nil || len(lines) != 2 || lines[0].Actor != b.member("yann").Person() || lines[0].Address != "192.0.2.1" {
		t.Errorf("journal %v %v", lines, err)
	}
	b.ok("yann", "POST", path, "eleve", saidDefault)
	if !may("eleve") {
		t.Error("back to the default is not in force")
	}
	for _, pairs := range [][]string{{"direction", "deny"}, {"eleve", "allow"}, {"enseignant", "perhaps"}} {
		a, err := b.visit("yann", "POST", rightOne+"?droit=core.admin.permissions", pairs...)
		if err != nil || a.Status != 422 {
			t.Errorf("%v: %+v %v", pairs, a, err)
			continue
		}
		lacks(t, "refusal", b.show(a, "fr"), "⟦")
	}
	if !b.Access.May(college, []string{"direction"}, access.AdminPermissions) {
		t.Error("the head is locked out")
	}
}

func TestGroups(t *testing.T) {
	b := newBench(t)
	has(t, "list", b.ok("yann", "GET", groupsPath), "6e A", ">2<")
	b.ok("yann", "POST", groupsPath, "nom", "Club théâtre", "genre", "groupe")
	for _, pairs := range [][]string{{"nom", "", "genre", "groupe"}, {"nom", "6E a", "genre", "classe"}, {"nom", "x", "genre", "club"}} {
		if a, err := b.visit("yann", "POST", groupsPath, pairs...); err != nil || a.Status != 422 {
			t.Errorf("%v: %+v %v", pairs, a, err)
		}
	}
	groups, err := b.Identity.Groups(t.Context(), college)
	b.must(err)
	if len(groups) != 2 {
		t.Fatalf("%d groups", len(groups))
	}
	at := groupsPath + "/" + groups[0].ID
	has(t, "class", b.ok("yann", "GET", at), "ana Martin", "lea Martin")
	b.refuses("zoe", "GET", at, errors.NotFound)
	b.refuses("zoe", "POST", at, errors.NotFound, "nom", "volée", "genre", "classe")
	b.ok("yann", "POST", at, "nom", "6e Alpha", "genre", "classe")
	has(t, "renamed", b.ok("yann", "GET", groupsPath), "6e Alpha")
	ana := b.member("ana")
	b.ok("yann", "POST", peoplePath+"/"+ana.ID+"/classes", "classes", groups[1].ID)
	if got := b.member("ana").Groups; len(got) != 1 || string(got[0]) != groups[1].ID {
		t.Errorf("groups of ana: %v", got)
	}
	b.refuses("yann", "POST", peoplePath+"/"+ana.ID+"/classes", errors.NotFound, "classes", "other")
}

func TestAnnouncements(t *testing.T) {
	b := newBench(t)
	b.ok("yann", "POST", newsPath, "genre", kindBanner, "texte", "Grève des bus mardi", "niveau", "bad", "lien", "forum", "profils", "parent", "profils", "eleve", "jusqua", "2026-11-25T18:00")
	list, err := b.Home.Banner(t.Context(), &wire.Viewer{School: string(college), Profile: "parent"})
	b.must(err)
	if len(list) != 1 || list[0].Tone != ui.Bad || list[0].Until.Hour() != 18 || list[0].Module != "forum" {
		t.Fatalf("banner %+v", list)
	}
	if list, _ := b.Home.Banner(t.Context(), &wire.Viewer{School: string(college), Profile: "enseignant"}); len(list) != 0 {
		t.Error("shown to teachers")
	}
	has(t, "list", b.ok("yann", "GET", newsPath), "Grève des bus mardi", "Affichée", "Parent et Élève")
	at := newsPath + "/" + list[0].ID
	has(t, "form", b.ok("yann", "GET", at), "2026-11-25T18:00", "Grève des bus mardi")
	for name, pairs := range map[string][]string{
		"empty":       {"texte", " "},
		"bad date":    {"texte", "x", "du", "demain"},
		"ends before": {"texte", "x", "du", "2026-11-25T18:00", "jusqua", "2026-11-24T18:00"},
		"profile":     {"texte", "x", "profils", "roi"},
		"long":        {"texte", strings.Repeat("é", 301)},
	} {
		for _, to := range []string{newsPath, at} {
			a, err := b.visit("yann", "POST", to, pairs...)
			if err != nil || a.Status != 422 {
				t.Errorf("%s at %s: %+v %v", name, to, a, err)
				continue
			}
			lacks(t, name, b.show(a, "fr"), "⟦")
		}
	}
	for _, method := range []string{"GET", "POST"} {
		b.refuses("zoe", method, at, errors.NotFound, "texte", "volé")
	}
	b.refuses("zoe", "POST", at+"/retirer", errors.NotFound)
	b.now = b.now.AddDate(0, 0, 5)
	clear(b.tokens) // a head's session does not live that long
	has(t, "list later", b.ok("yann", "GET", newsPath), "Terminée")
	b.ok("yann", "POST", at+"/retirer")
	b.refuses("yann", "GET", at, errors.NotFound)
}
