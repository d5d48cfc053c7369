package ui

import (
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
)

func TestValidate(t *testing.T) {
	deep := Text("x")
	for range 30 {
		deep = Section("", deep)
	}
	wide := make([]*Item, MaxMessages+1)
	for i := range wide {
		wide[i] = &Item{}
	}
	for _, c := range []struct {
		name string
		node *Node
		want string // part of the cause, "" for valid
	}{
		{"nothing", &Node{}, ""},
		{"a section", Section("t", Text("x"), List(&Item{Link: To("/a?b=c", "l"), Icon: IconBook})), ""},
		{"other module", LinksOf(ToModule("agenda", "/", "l")), ""},
		{"unknown icon", LinksOf(WithIcon("skull", To("/", "l"))), "icon"},
		{"raw address", LinksOf(To("https://exemple.fr", "l")), "path"},
		{"other host", LinksOf(To("//exemple.fr", "l")), "path"},
		{"script", Act(Button("javascript:alert(1)", "l")), "path"},
		{"up", FormOf(NewForm("/a/../b", "s")), "path"},
		{"backslash", LinksOf(To("/\\exemple.fr", "l")), "path"},
		{"newline", LinksOf(To("/a\nb", "l")), "path"},
		{"in a cell", Table("c", Columns("a"), RowOf(CellTo(S("x"), "nowhere"))), "path"},
		{"too deep", deep, "deeper"},
		{"too many", List(wide...), "more than"},
		{"same anchor twice", Section("", &Node{Id: "a"}, &Node{Id: "a"}), "twice"},
	} {
		err := Validate(c.node)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: got %v, want an error with %q", c.name, err, c.want)
		case c.want != "" && errors.KindOf(err) != errors.Invalid:
			t.Errorf("%s: kind %v", c.name, errors.KindOf(err))
		}
	}
}

func TestIconsAreSorted(t *testing.T) {
	for _, name := range Icons() {
		if !HasIcon(name) {
			t.Errorf("%s is not found in its own set: the list is not sorted", name)
		}
	}
	if HasIcon("") || HasIcon("skull") {
		t.Error("the set is not closed")
	}
}

func FuzzDecode(f *testing.F) {
	good, err := Encode(NewPage("t", Section("s", List(&Item{Title: S("é"), Link: To("/a", "l")}))))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte{0x0a, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Decode(b)
		if err != nil {
			return
		}
		again, err := Encode(p)
		if err != nil {
			t.Fatalf("decoded, but does not encode: %v", err)
		}
		if _, err := Decode(again); err != nil {
			t.Fatalf("valid once, not twice: %v", err)
		}
	})
}
