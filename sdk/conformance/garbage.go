package conformance

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

// words are values that forms meet sooner or later.
var words = []string{
	"", " ", "\x00", "\xff\xfe", "<script>alert(1)</script>", "'; DROP TABLE notes; --", "../../etc/passwd",
	"-1", "1e309", "NaN", "9999999999999999999", "2026-02-30", "0000-00-00T99:99", strings.Repeat("é", 100000), "🦉",
}

// garbage: whatever is sent to an address, the answer is never the module's own
// fault.
func (s *suite) garbage(t *testing.T) {
	for _, r := range s.h.Manifest.Routes {
		v := s.allowed(r)
		if v == nil || r.Stream {
			continue
		}
		path := example(r.Path)
		names := s.fields(path)
		for _, method := range r.Methods {
			for _, word := range words {
				form := url.Values{"x": {word}, word: {"x"}}
				for _, n := range names {
					form[n] = []string{word, word}
				}
				if a := v.Do(method, path, form); a.Status >= http.StatusInternalServerError {
					t.Errorf("%s %s with %.40q: %s", method, path, word, a)
				}
			}
			if method == http.MethodGet {
				continue
			}
			for _, mime := range []string{"multipart/form-data", "multipart/form-data; boundary=x", "application/json", "text/plain"} {
				if a := v.Send(method, path, mime, []byte("--x\r\nnot a form")); a.Status >= http.StatusInternalServerError {
					t.Errorf("%s %s with a broken %s: %s", method, path, mime, a)
				}
			}
		}
	}
}

// calendar: the interface answers everyone, for any span.
func (s *suite) calendar(t *testing.T) {
	if !s.h.Manifest.Offers("calendar") {
		return
	}
	now := s.h.Now()
	for profile, v := range s.people {
		if !s.has(profile, s.h.Manifest.StartPermission()) {
			continue
		}
		v.Calendar(now, now.AddDate(0, 0, 7))
		v.Calendar(now, now)
		v.Calendar(now.AddDate(-10, 0, 0), now.AddDate(10, 0, 0))
		v.Calendar(now, now.Add(-time.Hour))
	}
}

// fields collects the names that forms of the start pages use, so that garbage
// also lands where the module reads.
func (s *suite) fields(path string) []string {
	var names []string
	for _, v := range s.people {
		a := v.Do(http.MethodGet, s.h.Manifest.Start, nil)
		if a.Page == nil {
			continue
		}
		for _, f := range plugintest.All[*ui.Form](a.Page) {
			if f.GetPath() != path && !strings.HasPrefix(path, f.GetPath()) {
				continue
			}
			for _, field := range f.GetFields() {
				names = append(names, field.GetName())
			}
		}
	}
	return names
}

// example writes an address that a pattern matches.
func example(pattern string) string {
	return strings.NewReplacer("**", "rien", "*", ids.New(), "?", "x").Replace(pattern)
}

// nothing reports whether a node that holds things holds none.
func nothing(n *ui.Node) bool {
	m := n.ProtoReflect()
	kind := m.WhichOneof(m.Descriptor().Oneofs().ByName("kind"))
	if kind == nil {
		return true
	}
	empty, lists := true, 0
	inner := m.Get(kind).Message()
	for i, fields := 0, inner.Descriptor().Fields(); i < fields.Len(); i++ {
		if f := fields.Get(i); f.IsList() {
			lists++
			empty = empty && inner.Get(f).List().Len() == 0
		}
	}
	return lists > 0 && empty
}
