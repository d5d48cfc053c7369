package sdk

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// posted is a request with this form, by somebody in Paris.
func posted(form url.Values) *Request {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return &Request{Request: r, Scope: Scope{Viewer: &Viewer{TimeZone: zone("Europe/Paris")}}}
}

func TestFields(t *testing.T) {
	read := map[string]func(*Fields) any{
		"text":     func(f *Fields) any { return f.Text("v", 5) },
		"date":     func(f *Fields) any { return f.Date("v").Format(time.RFC3339) },
		"number":   func(f *Fields) any { return f.Number("v", 0, 20) },
		"choice":   func(f *Fields) any { return f.Choice("v", "a", "b") },
		"box":      func(f *Fields) any { return f.Checked("v") },
		"required": func(f *Fields) any { f.Required("v"); return nil },
	}
	const noDate = "0001-01-01T00:00:00Z"
	for _, c := range []struct {
		kind, value string
		want        any
		bad         string
	}{
		{"text", "  été ", "été", ""},
		{"text", "a\r\nb", "a\nb", ""},
		{"text", "ééééé", "ééééé", ""},
		{"text", "éééééé", "éééééé", "error.field.long"},
		{"text", "a\x00b", "", "error.field.text"},
		{"text", "\xff", "", "error.field.text"},
		{"date", "", noDate, ""},
		{"date", "2026-09-15", "2026-09-15T00:00:00+02:00", ""},
		{"date", "2026-12-15T08:30", "2026-12-15T08:30:00+01:00", ""},
		{"date", "2026-02-30", noDate, "error.field.date"},
		{"date", "15/09/2026", noDate, "error.field.date"},
		{"date", "0026-09-15", noDate, "error.field.date"},
		{"number", "", 0.0, ""},
		{"number", "12,5", 12.5, ""},
		{"number", " 20 ", 20.0, ""},
		{"number", "20.5", 0.0, "error.field.number"},
		{"number", "-1", 0.0, "error.field.number"},
		{"number", "NaN", 0.0, "error.field.number"},
		{"number", "Inf", 0.0, "error.field.number"},
		{"number", "dix", 0.0, "error.field.number"},
		{"choice", "b", "b", ""},
		{"choice", "", "a", ""},
		{"choice", "c", "", "error.field.choice"},
		{"box", "1", true, ""},
		{"box", "", false, ""},
		{"required", " \t", nil, "error.field.required"},
		{"required", "x", nil, ""},
	} {
		f := posted(url.Values{"v": {c.value}}).Fields()
		if got := read[c.kind](f); got != c.want {
			t.Errorf("%s %q = %v, want %v", c.kind, c.value, got, c.want)
		}
		want := map[string]string{}
		if c.bad != "" {
			want["v"] = c.bad
		}
		if !maps.Equal(f.bad, want) || (f.Err() == nil) != (c.bad == "") {
			t.Errorf("%s %q: %v, %v; want %q", c.kind, c.value, f.bad, f.Err(), c.bad)
		}
	}
}

func TestFirstFaultIsKept(t *testing.T) {
	f := posted(nil).Fields()
	f.Required("v")
	f.Bad("v", "other")
	if f.bad["v"] != "error.field.required" {
		t.Errorf("fields %v", f.bad)
	}
}

func TestUnreadableForm(t *testing.T) {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("--x\r\nnot a form"))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	req := &Request{Request: r}
	if req.FormValue("v") != "" || req.Fields().Err() == nil || len(req.Uploads("v")) != 0 {
		t.Error("a broken form went unnoticed")
	}
}

func FuzzFields(f *testing.F) {
	f.Add("v=1")
	f.Add("v=%zz&v;v=&&=")
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		fields := (&Request{Request: r, Scope: Scope{Viewer: &Viewer{TimeZone: time.UTC}}}).Fields()
		fields.Required("v")
		if n := fields.Number("v", -5, 5); !(n >= -5 && n <= 5) {
			t.Errorf("number %v", n)
		}
		if d := fields.Date("v"); !d.IsZero() && d.Year() >= 2200 {
			t.Errorf("date %v", d)
		}
		fields.Text("v", 10)
	})
}
