package manifest

import (
	"net/url"
	"path"
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	m := parse(t, devoirs)
	for _, c := range []struct {
		method, path, want string
	}{
		{"GET", "/", "/"},
		{"HEAD", "/", "/"},
		{"POST", "/", ""},
		{"POST", "/devoir/1/rendre", "/devoir/*/rendre"},
		{"POST", "/devoir/été d'hier/rendre", "/devoir/*/rendre"},
		{"GET", "/devoir/1/rendre", ""},
		{"POST", "/devoir/1/2/rendre", ""},
		{"GET", "/flux.ics", "/flux.ics"},
		{"GET", "/fluxxics", ""},
		{"GET", "/direct/a/b", "/direct/**"},
		{"GET", "/inconnu", ""},
		{"get", "/", ""},
		// Ambiguous: core and module might read them differently.
		{"GET", "", ""},
		{"GET", "direct/a", ""},
		{"GET", "//direct/a", ""},
		{"GET", "/direct//a", ""},
		{"GET", "/direct/./a", ""},
		{"GET", "/direct/../flux.ics", ""},
		{"GET", "/direct/a/..", ""},
		{"GET", "/direct/a%2fb", ""},
		{"GET", "/direct/%2e%2e/a", ""},
		{"GET", `/direct/a\b`, ""},
		{"GET", "/direct/a\x00", ""},
		{"GET", "/direct/a\nb", ""},
		{"GET", "/direct/\xff", ""},
	} {
		r, ok := m.Match(c.method, c.path)
		if r.Path != c.want || ok != (c.want != "") {
			t.Errorf("Match(%s, %q) = %q %v, want %q", c.method, c.path, r.Path, ok, c.want)
		}
	}
}

func TestFirstMatchWins(t *testing.T) {
	m := parse(t, strings.Replace(devoirs, `  - {path: "/direct/**"`,
		`  - {path: "/direct/secret", methods: [GET], permission: devoirs.handin}
  - {path: "/direct/**"`, 1))
	if r, _ := m.Match("GET", "/direct/secret"); r.Permission != "devoirs.handin" {
		t.Errorf("permission = %q: the later, wider route won", r.Permission)
	}
}

func TestPathOf(t *testing.T) {
	for in, want := range map[string]string{
		"/a/b":            "/a/b",
		"/%C3%A9t%C3%A9":  "/été",
		"/a%20b":          "/a b",
		"/a%2Fb":          "",
		"/a%2fb":          "",
		"/a%5Cb":          "",
		"/a/%2e%2e/b":     "",
		"/a%252fb":        "",
		"/a//b":           "",
		"/a/b?x=/../..//": "/a/b",
	} {
		u, err := url.ParseRequestURI(in)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := PathOf(u)
		if ok != (want != "") || ok && got != want {
			t.Errorf("PathOf(%s) = %q %v, want %q", in, got, ok, want)
		}
	}
}

func FuzzMatch(f *testing.F) {
	m, err := Parse(strings.NewReader(devoirs), "module.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add("GET", "/direct/../flux.ics")
	f.Add("POST", "/devoir/%2e%2e/rendre")
	f.Fuzz(func(t *testing.T, method, p string) {
		r, ok := m.Match(method, p)
		if !ok {
			return
		}
		if c := path.Clean(p); c != p && c+"/" != p {
			t.Errorf("matched the unclean path %q", p)
		}
		if !r.allows(method) {
			t.Errorf("%s matched %v", method, r.Methods)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	m, err := Parse(strings.NewReader(devoirs), "module.yaml")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, ok := m.Match("GET", "/direct/a/b"); !ok {
			b.Fatal("no match")
		}
	}
}
