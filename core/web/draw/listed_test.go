package draw

import (
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// inOrder fails unless the words stand in got one after the other.
func inOrder(t *testing.T, got string, words ...string) {
	t.Helper()
	from := 0
	for _, w := range words {
		i := strings.Index(got[from:], w)
		if i < 0 {
			t.Fatalf("%q is missing, or stands before what it should follow, in %s", w, got)
		}
		from += i + len(w)
	}
}

// pupils are n options in two classes, of which those named are chosen.
func pupils(n int, chosen ...string) []*ui.Option {
	options := make([]*ui.Option, n)
	for i := range options {
		name := "Élève " + string(rune('A'+i))
		options[i] = &ui.Option{Value: name, Label: ui.S(name), Group: ui.S([]string{"6e A", "6e B"}[2*i/n])}
		for _, c := range chosen {
			options[i].Selected = options[i].Selected || c == name
		}
	}
	return options
}

// In a list of which one sees a part only, who is chosen stands first, with the
// name of the group; a list that is seen whole keeps its order, and so does one
// in which nobody is chosen.
func TestChosenComeFirst(t *testing.T) {
	list := func(options []*ui.Option) string {
		return drawn(t, sample(t), ui.FormOf(ui.NewForm("/f", "draw.save", ui.PickerField("pour", "draw.save", options, ui.Several()))))
	}
	long := list(pupils(12, "Élève C", "Élève K"))
	inOrder(t, long, "Déjà choisis", "Élève C", "6e A", "Élève K", "6e B", `aria-label="6e A"`, "Élève A", "Élève B", "Élève D", `aria-label="6e B"`, "Élève L")
	for _, id := range []string{`id="f-1-0" name="pour" type="checkbox" value="Élève C" checked`, `id="f-1-2" name="pour" type="checkbox" value="Élève A"`, `id="f-1-11"`} {
		has(t, long, id)
	}
	for _, same := range [][]*ui.Option{pupils(8, "Élève C"), pupils(12)} {
		got := list(same)
		lacks(t, got, "Déjà choisis")
		inOrder(t, got, "6e A", "Élève A", "Élève B", "Élève C", "6e B")
	}
	choice := drawn(t, sample(t), ui.FormOf(ui.NewForm("/f", "draw.save", ui.ChoiceField("jours", "draw.save", pupils(12, "Élève K"), ui.Several()))))
	inOrder(t, choice, "Élève A", "Élève K")
}

// In a table dates are short; whole, they are one rest of the pointer away.
func TestDatesInTablesAreShort(t *testing.T) {
	c := sample(t)
	at := ui.T("draw.rest", "n", ui.Time(time.Date(2026, 11, 13, 9, 0, 0, 0, time.UTC), ui.DateTime))
	short, long := c.Say.Brief().Text(at), c.Say.Text(at)
	if !strings.Contains(short, "ven. 13 nov.") || !strings.Contains(long, "vendredi 13 novembre") {
		t.Fatalf("%q, %q", short, long)
	}
	table := drawn(t, c, ui.Table("", ui.Columns("draw.save", "draw.save"), ui.RowOf(ui.CellOf(at), ui.CellS("vendredi 13 novembre"))))
	has(t, table, `title="`+long+`"`, short, "<div>vendredi 13 novembre")
	lacks(t, table, ">"+long)
	has(t, drawn(t, c, ui.TextOf(at)), long)
}

// A link leads to a part of its page; to a form, at its first question, where one
// can write at once.
func TestLinksLeadToAPart(t *testing.T) {
	form := ui.Named("nouveau", ui.FormOf(ui.NewForm("/f", "draw.save", ui.TextField("nom", "draw.save"), ui.TextField("autre", "draw.save"))))
	next := ui.Onto("nouveau", ui.To("/liste?x=1", "draw.save"))
	n := ui.Section("", ui.Empty(ui.List(), "draw.cal.free", next), form, ui.Named("plus-bas", ui.Text("draw.save")))
	got := drawn(t, sample(t), n)
	has(t, got, `href="/m/devoirs/liste?x=1#n-nouveau"`, `<input id="n-nouveau" name="nom"`, `<label for="n-nouveau">`, `id="n-plus-bas"`)
	if strings.Count(got, `id="n-nouveau"`) != 1 {
		t.Error(got)
	}
	lacks(t, drawn(t, sample(t), ui.LinksOf(ui.Onto(`x" y`, ui.To("/", "draw.save")))), "#")
	link := Resolve(sample(t), next).(*wire.Link)
	if link.Path != "/m/devoirs/liste?x=1#n-nouveau" || link.Anchor != "" {
		t.Error(link)
	}
}

// What loses something looks the same, be it a button, the end of a form or the
// way to one.
func TestWhatLosesLooksSo(t *testing.T) {
	form := ui.NewForm("/f", "draw.save")
	has(t, drawn(t, sample(t), ui.FormOf(form)), `class="button primary"`)
	has(t, drawn(t, sample(t), ui.FormOf(ui.Loses(form))), `class="button danger"`)
	has(t, drawn(t, sample(t), ui.Toolbar(nil, ui.Losing(ui.To("/x", "draw.save")))), `class="button danger"`)
	has(t, drawn(t, sample(t), ui.Act(ui.Danger(ui.Button("/x", "draw.save"), "draw.save"))), `class="button danger"`)
}

// A span without entries says so once, with what to do next; a day among others
// says it for itself.
func TestAFreeSpanSaysSoOnce(t *testing.T) {
	day := time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)
	for _, view := range []ui.View{ui.Week, ui.Day, ui.Listing} {
		cal := ui.Empty(ui.CalendarOf(view, day, "/"), "draw.markdown.help", ui.To("/suite", "draw.save"))
		got := drawn(t, sample(t), cal)
		has(t, got, "cal-bar", `href="/m/devoirs/suite"`)
		lacks(t, got, `class="week"`, sample(t).begin().t("draw.cal.nothing"))
		if n := strings.Count(got, `class="empty"`); n != 1 {
			t.Errorf("%s: said %d times", view, n)
		}
		has(t, drawn(t, sample(t), ui.CalendarOf(view, day, "/")), sample(t).begin().t("draw.cal.nothing"))
	}
	one := drawn(t, sample(t), ui.CalendarOf(ui.Week, day, "/", &ui.Entry{Title: ui.S("SVT"), Start: ui.At(day)}))
	has(t, one, `class="week"`, sample(t).begin().t("draw.cal.free"))
	lacks(t, one, `class="empty"`)
}
