package draw

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/ui"
)

var attacks = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `</textarea><script>x</script>`,
	`</title><script>x</script>`, `javascript:alert(1)`, `[a](javascript:alert(1))`, `![a](https://ailleurs.fr/x.png)`,
	`<svg onload=alert(1)>`, `{{.constructor}}`, "\x00\u202e", `</option></select><script>x</script>`, `<!--`, `]]>`,
	`<a href="data:text/html,<script>">`, "<p style='position:fixed'>", `&lt;script&gt;`, `[x](/m/y "onclick=1")`, `<http://a" onclick="x>`,
}

// poison puts an attack into every text of a tree, in place; names of fields,
// paths and icons too, which a hostile module could send as well.
func poison(m protoreflect.Message, attack func() string) {
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case f.IsMap():
			v.Map().Set(protoreflect.ValueOfString(attack()).MapKey(), protoreflect.ValueOfString(attack()))
		case f.IsList() && f.Kind() == protoreflect.MessageKind:
			for i := range v.List().Len() {
				poison(v.List().Get(i).Message(), attack)
			}
		case f.Kind() == protoreflect.MessageKind && f.Message().FullName() != "google.protobuf.Timestamp":
			poison(v.Message(), attack)
		case f.Kind() == protoreflect.StringKind && f.Name() != "path":
			m.Set(f, protoreflect.ValueOfString(attack()))
		}
		return true
	})
}

// TestHostileTextsStayTexts draws every kind of node with attacks in every
// field: nothing of them becomes an element, an attribute or an address.
func TestHostileTextsStayTexts(t *testing.T) {
	c, l := sample(t), sampleLayout(t)
	kinds := sampleKinds()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(sortedKinds(kinds)).Draw(t, "kind")
		n := proto.Clone(kinds[name]).(*ui.Node)
		poison(n.ProtoReflect(), func() string { return rapid.SampledFrom(attacks).Draw(t, "attack") })
		n.Id = ""
		var b bytes.Buffer
		if err := Page(&b, c, l, ui.PageOf(ui.S(attacks[4]), n)); err != nil {
			t.Fatal(err)
		}
		root, err := html.Parse(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if n.Data == "script" && n.FirstChild != nil || n.Data == "style" || n.Data == "img" || n.Data == "iframe" {
				t.Fatalf("%s let <%s> in", name, n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" {
					t.Fatalf("%s let %s= in", name, a.Key)
				}
				v := strings.ToLower(strings.TrimSpace(a.Val))
				if (a.Key == "href" || a.Key == "action" || a.Key == "src") && (strings.HasPrefix(v, "javascript:") || strings.HasPrefix(v, "data:")) {
					t.Fatalf("%s let the address %s in", name, v)
				}
			}
		}
	})
}

// TestHostilePathsAreNotDrawn sends what Validate would have refused.
func TestHostilePathsAreNotDrawn(t *testing.T) {
	for _, path := range []string{"javascript:alert(1)", "//ailleurs.fr", "https://ailleurs.fr", "/../administration", "/\\ailleurs.fr", ""} {
		form := ui.FormOf(ui.NewForm(path, "draw.save", ui.TextField("a", "draw.open")))
		n := ui.Section("", ui.LinksOf(&ui.Link{Path: path, Label: ui.S("ici")}), ui.Act(&ui.Action{Path: path, Label: ui.S("là")}), form)
		var b bytes.Buffer
		if err := Node(&b, sample(t), n, 2); err != nil {
			t.Fatal(err)
		}
		if s := b.String(); strings.Contains(s, "<a ") || strings.Contains(s, "<form") || strings.Contains(s, "ailleurs") {
			t.Errorf("%q was drawn: %s", path, s)
		}
	}
}

func sortedKinds(kinds map[string]*ui.Node) []string {
	names := map[string]string{}
	for k := range kinds {
		names[k] = ""
	}
	return sortedNames(names)
}
