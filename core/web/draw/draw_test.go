package draw

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

func drawn(t *testing.T, c *Context, n *ui.Node) string {
	t.Helper()
	var b bytes.Buffer
	if err := Node(&b, c, n, 2); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func has(t *testing.T, got string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %s", want, got)
		}
	}
}

func lacks(t *testing.T, got string, unwanted ...string) {
	t.Helper()
	for _, no := range unwanted {
		if strings.Contains(got, no) {
			t.Errorf("%q should not be in %s", no, got)
		}
	}
}

func TestOnlyWhatTheViewerMayIsDrawn(t *testing.T) {
	c := sample(t)
	c.May = func(method string, module ids.ModuleID, path string) bool {
		return module == "devoirs" && method == "GET" && path != "/secret"
	}
	n := ui.Section("",
		ui.LinksOf(&ui.Link{Path: "/ouvert", Label: ui.S("ouvert")}, &ui.Link{Path: "/secret", Label: ui.S("caché")}, &ui.Link{Module: "agenda", Path: "/", Label: ui.S("ailleurs")}),
		ui.Act(&ui.Action{Path: "/x", Label: ui.S("bouton")}),
		ui.FormOf(ui.NewForm("/f", "draw.save")),
		ui.List(&ui.Item{Title: ui.S("titre seul"), Link: &ui.Link{Path: "/secret"}}))
	got := drawn(t, c, n)
	has(t, got, `href="/m/devoirs/ouvert"`, "titre seul")
	lacks(t, got, "caché", "ailleurs", "bouton", "<form", "/secret")
}

func TestAboutIsSaidToParentsOfSeveral(t *testing.T) {
	n := ui.List(&ui.Item{Title: ui.S("x"), About: []*ui.About{yanis}})
	one := sample(t)
	one.Children = 1
	lacks(t, drawn(t, one, n), "Yanis")
	has(t, drawn(t, sample(t), n), "Yanis")
}

func TestWidgetsAreCut(t *testing.T) {
	long := strings.Repeat("mot ", 400)
	var items []*ui.Item
	for range 20 {
		items = append(items, &ui.Item{Title: ui.S(long), Detail: ui.S(long)})
	}
	n := ui.More(ui.List(items...), &ui.Link{Path: "/tous", Label: ui.S("Tout")})
	var b bytes.Buffer
	if err := WidgetBody(&b, sample(t), n); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 8000 {
		t.Errorf("a widget of %d bytes", b.Len())
	}
	has(t, b.String(), "et 12 autres", `href="/m/devoirs/tous"`, "…")
	has(t, drawn(t, sample(t), n), strings.TrimSpace(long))
}

func TestWidgetStates(t *testing.T) {
	h := sampleHome(false)
	var b bytes.Buffer
	if err := Home(&b, sample(t), sampleLayout(t), h); err != nil {
		t.Fatal(err)
	}
	has(t, b.String(), `data-widget="devoirs.a-rendre"`, `data-state="ok"`, `data-state="error"`, `data-state="late"`, `data-state="locked"`, `data-state="empty"`,
		`data-late="/accueil/widget/actus-une"`, "Momentanément indisponible", "Dernières informations")
	lacks(t, b.String(), "data-grid", "data-grip")
}

func TestEditingHome(t *testing.T) {
	var b bytes.Buffer
	if err := Home(&b, sample(t), sampleLayout(t), sampleHome(true)); err != nil {
		t.Fatal(err)
	}
	has(t, b.String(), "data-grid", `value="avant"`, `value="apres"`, `value="cacher"`, `value="taille"`, `value="retablir"`, `href="/accueil/catalogue`, "Placé par l’établissement")
}

func TestDrawnWidgetIsTakenAsItIs(t *testing.T) {
	w := &Widget{Instance: "i", Module: "m", ID: "w", Name: "N", State: OK, Drawn: []byte("<p>déjà</p>"), Node: ui.TextOf(ui.S("non"))}
	var b bytes.Buffer
	if err := WidgetSection(&b, sample(t), w); err != nil {
		t.Fatal(err)
	}
	has(t, b.String(), "<p>déjà</p>", `id="w-i"`)
	lacks(t, b.String(), "non</p>")
}

func TestUnknownKindShowsTitleAndLink(t *testing.T) {
	has(t, drawn(t, sample(t), sampleKinds()["unknown"]), "D’une version plus récente", `href="/m/devoirs/suite"`)
}

func TestFailuresHaveAWayOut(t *testing.T) {
	for kind := errors.Invalid; kind <= errors.Bug; kind++ {
		var b bytes.Buffer
		if err := Failure(&b, sample(t), sampleLayout(t), &FailurePage{Kind: kind, ID: "01X", Back: "/m/x/"}); err != nil {
			t.Fatal(err)
		}
		lacks(t, b.String(), "⟦")
		has(t, b.String(), "<h1>", `class="button primary" href="/`, "01X")
	}
	var b bytes.Buffer
	if err := Failure(&b, sample(t), sampleLayout(t), &FailurePage{Kind: errors.Unavailable, Message: "Mis à l’écart.", Stopped: true}); err != nil {
		t.Fatal(err)
	}
	has(t, b.String(), "Service à l’arrêt", "Mis à l’écart.", "Le reste de votre espace fonctionne.")
	lacks(t, b.String(), "⟦", "Réessayer", "dans un instant")
}

func TestSignIn(t *testing.T) {
	var b bytes.Buffer
	if err := SignIn(&b, sample(t), &Layout{}, &SignInPage{Login: `a"b`, Back: "/m/x/?a=b", Error: "Non"}); err != nil {
		t.Fatal(err)
	}
	has(t, b.String(), `name="identifiant"`, `name="mot-de-passe"`, `name="retour" value="/m/x/?a=b"`, `action="/connexion"`, `value="a&#34;b"`, `role="alert"`)
	lacks(t, b.String(), `id="menu"`)
}

func TestPageErrorsAreThoseOfTheWriter(t *testing.T) {
	if err := Page(failing{}, sample(t), &Layout{}, ui.NewPage("draw.home")); err != io.ErrClosedPipe {
		t.Errorf("got %v", err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func BenchmarkHome(b *testing.B) {
	c, l, h := sample(b), sampleLayout(b), sampleHome(false)
	h.Widgets = h.Widgets[:8]
	for b.Loop() {
		if err := Home(io.Discard, c, l, h); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHomeFromCache draws a page whose frame and widgets were drawn
// before.
func BenchmarkHomeFromCache(b *testing.B) {
	c, l, h := sample(b), sampleLayout(b), keptHome(b)
	l.Frame, _ = NewFrame(c, l)
	b.ReportAllocs()
	for b.Loop() {
		if err := Home(io.Discard, c, l, h); err != nil {
			b.Fatal(err)
		}
	}
}

func keptHome(t testing.TB) *HomePage {
	h := sampleHome(false)
	h.Widgets = h.Widgets[:8]
	for _, w := range h.Widgets {
		var section bytes.Buffer
		if err := WidgetSection(&section, sample(t), w); err != nil {
			t.Fatal(err)
		}
		w.Section = section.Bytes()
	}
	return h
}

func TestKeptPartsMakeTheSamePage(t *testing.T) {
	c, l := sample(t), sampleLayout(t)
	fresh, kept := sampleHome(false), keptHome(t)
	fresh.Widgets = fresh.Widgets[:8]
	var a, b bytes.Buffer
	if err := Home(&a, c, l, fresh); err != nil {
		t.Fatal(err)
	}
	var err error
	if l.Frame, err = NewFrame(c, l); err != nil {
		t.Fatal(err)
	}
	if err := Home(&b, c, l, kept); err != nil {
		t.Fatal(err)
	}
	if a.String() != b.String() {
		t.Error("a page from kept parts is another page")
	}
	if found := faults(t, b.Bytes()); len(found) > 0 {
		t.Errorf("%q", found)
	}
}

// TestWideTable: a table of many columns moves sideways in its own place, which
// the keyboard reaches and which has a name; a narrow one is no stop on the way.
func TestWideTable(t *testing.T) {
	columns := func(n int) []*ui.Column {
		var out []*ui.Column
		for range n {
			out = append(out, &ui.Column{Label: ui.S("x")})
		}
		return out
	}
	table := ui.Table("", columns(narrow+1), ui.RowOf(ui.CellS("y")))
	has(t, drawn(t, sample(t), table), `tabindex="0"`, `role="region"`, `aria-label="Tableau"`)
	lacks(t, drawn(t, sample(t), ui.Table("", columns(narrow), ui.RowOf(ui.CellS("y")))), "tabindex", "region")
}
