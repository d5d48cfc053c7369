package draw

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// elements walks every element of a drawn page or part.
func elements(t testing.TB, src []byte, each func(*html.Node)) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			each(n)
		}
	}
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// faults lists what is wrong with drawn markup: ids, labels, references, and
// anything the content policy would refuse.
func faults(t testing.TB, src []byte) (found []string) {
	t.Helper()
	bad := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	ids, labelled := map[string]bool{}, map[string]bool{}
	var refer []string
	elements(t, src, func(n *html.Node) {
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" {
				bad("<%s %s>", n.Data, a.Key)
			}
			if v := strings.ToLower(strings.TrimSpace(a.Val)); (a.Key == "href" || a.Key == "action" || a.Key == "src") && strings.HasPrefix(v, "javascript:") {
				bad("<%s %s=%s>", n.Data, a.Key, a.Val)
			}
			switch a.Key {
			case "id":
				if ids[a.Val] {
					bad("id %s twice", a.Val)
				}
				ids[a.Val] = true
			case "for":
				labelled[a.Val] = true
				refer = append(refer, a.Val)
			case "aria-labelledby", "aria-describedby":
				refer = append(refer, strings.Fields(a.Val)...)
			}
		}
		if n.Data == "style" || n.Data == "script" && n.FirstChild != nil || n.Data == "iframe" || n.Data == "object" {
			bad("<%s>", n.Data)
		}
	})
	for _, id := range refer {
		if !ids[id] {
			bad("nothing has the id %s", id)
		}
	}
	elements(t, src, func(n *html.Node) {
		kind, _ := attribute(n, "type")
		if n.Data != "input" && n.Data != "select" && n.Data != "textarea" || kind == "hidden" {
			return
		}
		id, _ := attribute(n, "id")
		inLabel := false
		for p := n.Parent; p != nil; p = p.Parent {
			inLabel = inLabel || p.Data == "label"
		}
		if !labelled[id] && !inLabel {
			bad("no label for <%s id=%s>", n.Data, id)
		}
	})
	return found
}

func TestSamplesAreSoundMarkup(t *testing.T) {
	for _, name := range samplePaths() {
		var b bytes.Buffer
		if err := drawSample(&b, sample(t), sampleLayout(t), name); err != nil {
			t.Fatal(err)
		}
		for _, f := range faults(t, b.Bytes()) {
			t.Errorf("%s: %s", name, f)
		}
		if strings.Contains(b.String(), "⟦") {
			i := strings.Index(b.String(), "⟦")
			t.Errorf("%s: words are missing: %s", name, b.String()[i:min(i+60, b.Len())])
		}
	}
}

func TestFaultsAreFound(t *testing.T) {
	src := `<p id="a"></p><p id="a" style="x" onclick="y"></p><input id="q"><label for="z"></label><a href=" JavaScript:x">x</a><script>1</script>`
	if got := faults(t, []byte(src)); len(got) != 7 {
		t.Errorf("found %d of 7: %q", len(got), got)
	}
}
