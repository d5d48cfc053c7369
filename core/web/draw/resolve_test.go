package draw

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

func TestResolveGivesWordsAndAddresses(t *testing.T) {
	c := sample(t)
	c.May = func(method string, _ ids.ModuleID, path string) bool { return !strings.HasPrefix(path, "/secret") }
	page := ui.NewPage("draw.home",
		ui.List(&ui.Item{Title: ui.T("draw.rest", "n", 3), Link: ui.To("/a?b=c", "draw.open"), Actions: []*ui.Action{ui.Button("/secret/x", "draw.save"), ui.Button("/y", "draw.save")}}),
		ui.LinksOf(ui.To("/secret", "draw.open"), ui.ToModule("agenda", "/", "draw.open")),
		ui.FormOf(ui.NewForm("/secret", "draw.save")),
		ui.CalendarOf(ui.Week, now, "/cal"))
	before := proto.Clone(page)
	got := Resolve(c, page).(*ui.Page)
	if !proto.Equal(before, page) {
		t.Fatal("the tree itself was changed")
	}
	if got.Title.Plain != "Accueil" || got.Title.Key != "" {
		t.Errorf("title: %v", got.Title)
	}
	item := got.Nodes[0].GetList().Items[0]
	if item.Title.Plain != "et 3 autres" || item.Link.Path != "/m/devoirs/a?b=c" || item.Link.Label.Plain != "Ouvrir" {
		t.Errorf("item: %v", item)
	}
	if len(item.Actions) != 1 || item.Actions[0].Path != "/m/devoirs/y" {
		t.Errorf("actions: %v", item.Actions)
	}
	if l := got.Nodes[1].GetLinks().Links; len(l) != 1 || l[0].Path != "/m/agenda/" || l[0].Module != "" {
		t.Errorf("links: %v", l)
	}
	if got.Nodes[2].GetForm() != nil {
		t.Errorf("a form the viewer may not send: %v", got.Nodes[2])
	}
	if p := got.Nodes[3].GetCalendar().Path; p != "/m/devoirs/cal" {
		t.Errorf("calendar: %q", p)
	}
}

func TestResolveTakesEveryKind(t *testing.T) {
	for name, n := range sampleKinds() {
		text, err := ui.JSON(Resolve(sample(t), n))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(string(text), `"key"`) {
			t.Errorf("%s still has keys: %s", name, text)
		}
	}
}
