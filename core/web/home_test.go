package web_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/audit"
	corehome "github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/sdk/ids"
)

func TestHome(t *testing.T) {
	s := start(t, "banc", "bonjour")
	t.Run("guided", func(t *testing.T) { homeGuided(t, s) })
	t.Run("acted", func(t *testing.T) { homeActed(t, s) })
	t.Run("event", func(t *testing.T) { homeEvent(t, s) })
	t.Run("arrange", func(t *testing.T) { homeArrange(t, s) })
	t.Run("sheets", func(t *testing.T) { homeSheets(t, s) })
	t.Run("blocks", func(t *testing.T) { homeBlocks(t, s) })
	t.Run("catalogue", func(t *testing.T) { homeCatalogue(t, s) })
	t.Run("faults", func(t *testing.T) { homeFaults(t, s) })
	t.Run("announce", func(t *testing.T) { homeAnnounce(t, s) })
	t.Run("rights", func(t *testing.T) { homeRights(t, s) })
	t.Run("school", func(t *testing.T) { homeSchool(t, s) })
	t.Run("preview", func(t *testing.T) { schoolPreview(t, s) })
	t.Run("disabled", func(t *testing.T) { homeDisabled(t, s) })
}

func homeGuided(t *testing.T, s *site) {
	v := s.as("ana")
	h := v.home()
	if h.Mode != "guide" || len(h.Widgets) > 5 || slices.Contains(h.order(), "core.banner") || !slices.Contains(h.order(), "banc.compte") {
		t.Errorf("guided home = %s %v", h.Mode, h.order())
	}
	res := v.get("/")
	for _, w := range h.Widgets {
		if !strings.Contains(res.text, `data-widget="`+w.Widget+`"`) {
			t.Errorf("%s is not on the page", w.Widget)
		}
	}
	if res := v.get("/", "Accept-Encoding", "br"); res.Header.Get("Content-Encoding") != "br" || len(res.text) > 45<<10 {
		t.Errorf("compressed: %q, %d bytes", res.Header.Get("Content-Encoding"), len(res.text))
	}
}

// homeActed: who just acted sees it, though the copy would be good for minutes.
func homeActed(t *testing.T, s *site) {
	v := s.as("bilal")
	for _, want := range []string{"0 fois", "1 fois", "2 fois"} {
		v.shows("banc.compte")
		for range 2 { // drawn, then out of the cache
			if res := v.get("/"); !strings.Contains(res.text, want) {
				t.Fatalf("home does not say %q", want)
			}
		}
		v.post("/m/banc/note")
	}
}

// homeEvent: an event drops the copies of those who did nothing.
func homeEvent(t *testing.T, s *site) {
	lea, ana := s.as("lea"), s.as("ana")
	v := s.expert("lea")
	before := v.shows("banc.ecole")
	if !strings.Contains(before, "0 fois") {
		t.Fatalf("widget of the school = %s", before)
	}
	ana.post("/m/banc/annonce")
	s.eventually("the event reaches home", func() bool { return strings.Contains(lea.shows("banc.ecole"), "1 fois") })
}

// expert signs somebody in with the expert page.
func (s *site) expert(login string) *visitor {
	v := s.as(login)
	if res := v.post("/accueil/mode", "mode", "expert"); res.StatusCode != 303 {
		s.t.Fatalf("mode: %d %s", res.StatusCode, res.text)
	}
	return v
}

// state is the state of a widget and what it shows; "" when it is not there.
func state(h home, widget string) string {
	for _, w := range h.Widgets {
		if w.Widget == widget {
			return w.State + " " + string(w.Node)
		}
	}
	return ""
}

// shows is the state of a widget on the home page once it is not late, as it may
// be on a busy machine.
func (v *visitor) shows(widget string) (got string) {
	v.t.Helper()
	v.eventually(widget+" is there", func() bool {
		got = state(v.home(), widget)
		return !strings.HasPrefix(got, "late")
	})
	return got
}

// arranged lists the widgets of the arranging page, the silent ones too.
func (v *visitor) arranged() (out []string) {
	v.t.Helper()
	for _, w := range strings.Split(v.get("/?organiser=1").text, ` data-widget="`)[1:] {
		name, _, _ := strings.Cut(w, `"`)
		out = append(out, name)
	}
	return out
}

func homeArrange(t *testing.T, s *site) {
	v := s.expert("yann")
	before := v.arranged()
	if len(before) < 3 {
		t.Fatalf("page = %v", before)
	}
	last := before[len(before)-1]
	do := func(at string, pairs ...string) {
		t.Helper()
		if res := v.post("/accueil/disposition", pairs...); res.StatusCode != 303 || res.path() != "/?organiser=1#"+at {
			t.Fatalf("%v: %d to %q, want #%s %s", pairs, res.StatusCode, res.path(), at, res.text)
		}
		page := v.get("/?organiser=1").text
		if !strings.Contains(page, `id="`+at+`"`) || !strings.Contains(page, `role="status"`) {
			t.Errorf("%v: #%s is not on the page, or nothing is said", pairs, at)
		}
	}
	undo := func() bool {
		return !strings.Contains(v.get("/?organiser=1").text, `class="action" hidden data-changing data-gesture="annuler"`)
	}
	if undo() {
		t.Error("a page nobody has arranged offers to undo")
	}
	is := func(what string, want []string) {
		t.Helper()
		if got := v.arranged(); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	do("w-"+last, "geste", "place", "instance", last, "valeur", "0")
	is("to the front", append([]string{last}, before[:len(before)-1]...))
	do("w-"+last, "geste", "apres", "instance", last)
	is("one later", append([]string{before[0], last}, before[1:len(before)-1]...))
	if !undo() {
		t.Error("a change cannot be undone")
	}
	do("geste-annuler", "geste", "annuler")
	is("undone", append([]string{last}, before[:len(before)-1]...))
	do("w-"+before[1], "geste", "cacher", "instance", before[0])
	is("hidden", append([]string{last}, before[1:len(before)-1]...))
	if res := v.get("/accueil/catalogue"); !strings.Contains(res.text, `name="widget" value="`+before[0]+`"`) {
		t.Error("the catalogue does not offer what was hidden")
	}
	do("w-"+before[0], "geste", "ajouter", "widget", before[0])
	if got := v.arranged(); !slices.Contains(got, before[0]) {
		t.Errorf("added back: %v", got)
	}
	do("geste-annuler", "geste", "annuler")
	do("geste-annuler", "geste", "refaire")
	if got := v.arranged(); !slices.Contains(got, before[0]) {
		t.Errorf("done again: %v", got)
	}
	do("geste-annuler", "geste", "retablir")
	is("the school's", before)
	if res := v.post("/accueil/disposition", "geste", "cacher", "instance", "nobody.there"); res.StatusCode != 404 {
		t.Errorf("hiding what is not there: %d", res.StatusCode)
	}
	if res := v.post("/accueil/disposition", "geste", "taille", "instance", "core.news", "valeur", "s"); res.StatusCode != 422 {
		t.Errorf("a size the widget does not know: %d", res.StatusCode)
	}
	if res := v.post("/accueil/disposition", "geste", "ajouter", "widget", "banc.reserve"); res.StatusCode != 403 {
		t.Errorf("adding what one may not see: %d", res.StatusCode)
	}
}

// homeFaults: a widget that hangs or breaks is one widget that says so.
func homeFaults(t *testing.T, s *site) {
	v := s.expert("lea")
	if got := v.shows("banc.fragile"); !strings.HasPrefix(got, "ok") {
		t.Fatalf("before: %q", got)
	}
	v.post("/m/banc/faute", "quoi", "broken")
	if got := v.shows("banc.fragile"); !strings.HasPrefix(got, "error") {
		t.Errorf("broken: %q", got)
	}
	if res := v.get("/"); res.StatusCode != 200 || !strings.Contains(res.text, `data-state="error"`) || !strings.Contains(res.text, "2 fois") && !strings.Contains(res.text, "fois") {
		t.Errorf("page with a broken widget: %d", res.StatusCode)
	}
	v.post("/m/banc/faute", "quoi", "hang")
	began := time.Now()
	h := v.home()
	if got := state(h, "banc.fragile"); !strings.HasPrefix(got, "late") {
		t.Errorf("hung: %q", got)
	}
	if got := v.shows("banc.compte"); !strings.HasPrefix(got, "ok") {
		t.Errorf("its neighbour: %q", got)
	}
	t.Logf("page with a hung widget took %v", time.Since(began))
	v.post("/m/banc/faute", "quoi", "")
	if res := v.get("/accueil/widget/banc.fragile", "HX-Request", "true"); res.StatusCode != 200 || !strings.Contains(res.text, `data-state="ok"`) {
		t.Errorf("arrived: %d %s", res.StatusCode, res.text)
	}
}

func homeAnnounce(t *testing.T, s *site) {
	v := s.as("ana")
	if got := v.shows("core.banner"); got != "" { // nothing to say: not on the guided page
		t.Fatalf("banner = %q", got)
	}
	a := &corehome.Announcement{Text: "Conseil de classe jeudi", Urgent: true, Profiles: []ids.Profile{ids.Eleve}}
	if err := s.Home.Announce(t.Context(), audit.By{}, college, a); err != nil {
		t.Fatal(err)
	}
	if got := v.shows("core.banner"); !strings.Contains(got, "Conseil de classe jeudi") {
		t.Errorf("banner = %q", got)
	}
	if got := s.as("paul").shows("core.banner"); strings.Contains(got, "Conseil") {
		t.Errorf("a parent sees what pupils are told: %q", got)
	}
	if err := s.Home.TakeDown(t.Context(), audit.By{}, college, a.ID); err != nil {
		t.Fatal(err)
	}
	if got := v.shows("core.banner"); got != "" {
		t.Errorf("taken down: %q", got)
	}
}

// homeRights: a right taken away locks a widget within a second.
func homeRights(t *testing.T, s *site) {
	v := s.expert("lea")
	v.post("/accueil/disposition", "geste", "apres", "instance", "banc.reserve")
	change := access.Change{School: college, Role: "enseignant", Permission: "banc.teach", Effect: access.Deny}
	if err := s.Access.Set(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	s.eventually("gone or locked", func() bool { return !strings.HasPrefix(v.shows("banc.reserve"), "ok") })
	if res := v.get("/m/banc/reserve"); res.StatusCode != 403 {
		t.Errorf("its page: %d", res.StatusCode)
	}
}

// homeDisabled: what the school switches off is gone from menu, home, address.
func homeDisabled(t *testing.T, s *site) {
	v := s.as("ana")
	if res := v.get("/"); !strings.Contains(res.text, `href="/m/banc/"`) {
		t.Error("the menu does not lead to the module")
	}
	if err := s.Host.Disable(t.Context(), college, "banc"); err != nil {
		t.Fatal(err)
	}
	s.eventually("gone from home", func() bool { return !strings.Contains(v.get("/").text, "banc") })
	if res := v.get("/m/banc/"); res.StatusCode != 404 {
		t.Errorf("its address: %d", res.StatusCode)
	}
	if res := v.get("/m/bonjour/"); res.StatusCode != 200 {
		t.Errorf("the other module: %d", res.StatusCode)
	}
}
