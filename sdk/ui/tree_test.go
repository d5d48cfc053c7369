package ui

import (
	"encoding/json"
	"net/url"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/errors"
)

// trees draws nodes of many kinds out of the builders.
func trees(depth int) *rapid.Generator[*Node] {
	return rapid.Custom(func(t *rapid.T) *Node {
		text := func() string { return rapid.String().Draw(t, "text") }
		words := func() *Words {
			if rapid.Bool().Draw(t, "plain") {
				return S(text())
			}
			return T("k."+rapid.StringMatching(`[a-z]{1,8}`).Draw(t, "key"), "n", rapid.IntRange(-3, 300).Draw(t, "n"),
				"when", time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "at"), 0), "who", text())
		}
		link := func() *Link {
			path := "/" + rapid.StringMatching(`[a-z0-9]{0,6}`).Draw(t, "path")
			return WithIcon(rapid.SampledFrom(Icons()).Draw(t, "icon"), ToOf(path, words()))
		}
		kinds := []func() *Node{
			func() *Node { return TextOf(words()) },
			func() *Node { return Markdown(text()) },
			func() *Node { return BannerOf(Warn, words(), link()) },
			func() *Node {
				return List(&Item{Title: words(), Link: link(), Tone: Bad, When: At(time.Unix(1e9, 0)), About: []*About{AboutChild("p", text())}})
			},
			func() *Node { return AgendaByDay(&Entry{Title: words(), Start: At(time.Unix(2e9, 0)), Place: text()}) },
			func() *Node { return Checklist(&Check{Title: words(), Toggle: Button("/t", "l", "v", text())}) },
			func() *Node {
				return BarChart(words(), []*Words{words()}, SeriesOf("s", rapid.Float64().Draw(t, "value")))
			},
			func() *Node {
				return FormOf(Also(NewForm("/f", "save", TextField("a", "l", Required(), Value(text())), ChoiceField("b", "l", Choices("1", "one", "2", "two"), Chosen("2"))), "go", "1", "l"))
			},
			func() *Node { return Table("c", Columns("x", "y"), RowOf(CellOf(words()), CellTo(words(), "/c"))) },
			func() *Node {
				return More(Empty(CalendarOf(Month, time.Unix(3e8, 0), "/cal"), "nothing", link()), link())
			},
			func() *Node { return Thread(NewForm("/r", "reply"), &Post{Author: text(), Body: text()}) },
		}
		if depth > 0 {
			kinds = append(kinds, func() *Node {
				return Section("s", rapid.SliceOfN(trees(depth-1), 0, 4).Draw(t, "inside")...)
			}, func() *Node {
				return Tabs(TabTo("/o", "o"), TabHere("/h", "h", rapid.SliceOfN(trees(depth-1), 0, 2).Draw(t, "inside")...))
			})
		}
		return rapid.SampledFrom(kinds).Draw(t, "kind")()
	})
}

func TestTreesSurviveTheWire(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		page := PageOf(S(rapid.String().Draw(t, "title")), rapid.SliceOfN(trees(2), 0, 5).Draw(t, "nodes")...)
		b, err := Encode(page)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(b)
		if err != nil {
			t.Fatalf("what the builders make must be valid: %v", err)
		}
		if !proto.Equal(page, back) {
			t.Fatalf("sent %v\ngot %v", page, back)
		}
		text, err := JSON(page)
		if err != nil || !json.Valid(text) {
			t.Fatalf("JSON: %v %s", err, text)
		}
	})
}

func TestWordsTakeTypedArguments(t *testing.T) {
	at := time.Date(2026, 3, 3, 14, 30, 0, 0, time.UTC)
	w := T("k", "n", int8(3), "d", at, "c", Time(at, Clock), "w", S("x"), "s", Warn, "alone")
	if w.Args[0].GetN() != 3 || !w.Args[1].GetT().AsTime().Equal(at) || w.Args[2].Style != Clock || w.Args[3].GetText().Plain != "x" {
		t.Errorf("arguments: %v", w.Args)
	}
	if last := w.Args[5]; last.Name != "arg" || last.GetS() != "alone" {
		t.Errorf("a value without a name: %v", last)
	}
}

func TestFormIsFilledAndBlamed(t *testing.T) {
	f := NewForm("/f", "save",
		TextField("title", "l", Value("old")), CheckField("late", "l", Checked(true)),
		ChoiceField("kind", "l", Choices("a", "A", "b", "B"), Value("a")), DateField("due", "l"))
	Fill(f, url.Values{"title": {"new"}, "kind": {"b"}, "due": {"2026-11-27"}})
	if f.Fields[0].GetText().Value != "new" || f.Fields[3].GetDate().Value != "2026-11-27" {
		t.Errorf("values: %v", f.Fields)
	}
	if f.Fields[1].GetCheck().Checked {
		t.Error("a box that was not sent stays ticked")
	}
	if o := f.Fields[2].GetChoice().Options; o[0].Selected || !o[1].Selected {
		t.Errorf("choice: %v", o)
	}
	Blame(f, errors.Field("due", "past"))
	if f.Fields[3].Error.GetKey() != "past" || f.Error != nil {
		t.Errorf("a field's error belongs to the field: %v, %v", f.Fields[3].Error, f.Error)
	}
	Blame(f, errors.New(errors.Conflict, "changed"))
	if f.Error.GetKey() != "changed" {
		t.Errorf("a general error belongs on top: %v", f.Error)
	}
}

func BenchmarkDecodeValidate(b *testing.B) {
	items := make([]*Item, 30)
	for i := range items {
		items[i] = &Item{Title: S("Exercices"), Detail: T("d", "n", 3), Link: To("/devoir/1", "open"), Icon: IconBook, When: At(time.Unix(1e9, 0))}
	}
	body, err := Encode(NewPage("t", List(items...)))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Decode(body); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	items := make([]*Item, 30)
	for i := range items {
		items[i] = &Item{Title: S("Exercices"), Detail: T("d", "n", 3), Link: To("/devoir/1", "open"), Icon: IconBook, When: At(time.Unix(1e9, 0))}
	}
	page := NewPage("t", List(items...))
	for b.Loop() {
		if err := Validate(page); err != nil {
			b.Fatal(err)
		}
	}
}
