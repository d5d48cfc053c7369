package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/preau-ent/preau/sdk/plugintest"
)

// answers has pages: a calendar, a way on, one that is too large.
func answers() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/edt.ics", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept") != "text/calendar" {
			http.Error(w, "what else?", http.StatusNotAcceptable)
			return
		}
		fmt.Fprint(w, timetable)
	})
	mux.HandleFunc("/to", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.FormValue("u"), http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/big", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bytes.Repeat([]byte("x"), maxFile+10)) })
	return mux
}

// TestFetch: what the person is told of each address that is not fetched.
func TestFetch(t *testing.T) {
	c := newCast(t)
	for _, host := range []string{"example.com", "a.example.com", "other.example"} {
		c.Outside(host, answers())
	}
	for _, x := range []struct {
		name    string
		address string
		allowed string
		key     string // "": it is fetched
	}{
		{"a host that is named", "https://example.com/edt.ics", "example.com", ""},
		{"with air around it", "  https://example.com/edt.ics ", "Example.com", ""},
		{"as calendar programs write it", "webcal://example.com/edt.ics", "example.com", ""},
		{"any of a domain", "https://a.example.com/edt.ics", "*.example.com", ""},
		{"nothing allowed", "https://example.com/edt.ics", "", "agenda.fetch.host"},
		{"a star alone", "https://example.com/edt.ics", "*", "agenda.fetch.host"},
		{"another allowed", "https://example.com/edt.ics", "notexample.com *.example.com", "agenda.fetch.host"},
		{"plain http", "http://example.com/edt.ics", "example.com", "agenda.fetch.https"},
		{"a file", "file:///etc/passwd", "example.com", "agenda.fetch.https"},
		{"another port", "https://example.com:8443/edt.ics", "example.com", "agenda.fetch.address"},
		{"a password", "https://a:b@example.com/edt.ics", "example.com", "agenda.fetch.address"},
		{"a number", "https://127.0.0.1/edt.ics", "127.0.0.1", "agenda.fetch.address"},
		{"no address", "https://exa mple.com/", "example.com", "agenda.fetch.address"},
		{"unknown", "https://nowhere.example/edt.ics", "nowhere.example", "agenda.fetch.silent"},
		{"missing", "https://example.com/rien", "example.com", "agenda.fetch.status"},
		{"too large", "https://example.com/big", "example.com", "agenda.import.large"},
		{"a way on", "https://example.com/to?u=/edt.ics", "example.com", ""},
		{"a way on elsewhere", "https://example.com/to?u=https://other.example/edt.ics", "example.com other.example", ""},
		{"on to http", "https://example.com/to?u=http://example.com/edt.ics", "example.com", "agenda.fetch.https"},
		{"on to another host", "https://example.com/to?u=https://other.example/edt.ics", "example.com", "agenda.fetch.host"},
		{"on to a number inside", "https://example.com/to?u=https://127.0.0.1/edt.ics", "example.com", "agenda.fetch.address"},
		{"round and round", "https://example.com/loop", "example.com", "agenda.fetch.redirects"},
	} {
		c.Set(map[string]any{"allowed_hosts": x.allowed})
		a := c.As(c.prof).PostFiles("/importer", url.Values{"agenda": {"g:6e-a"}, "adresse": {x.address}})
		if x.key == "" {
			if a.Location == "" {
				t.Errorf("%s: %s", x.name, a)
			} else {
				plugintest.Has(t, a.Follow(), "Classe de mer")
			}
			continue
		}
		if a.Status != 422 {
			t.Errorf("%s: %s, want %q", x.name, a, x.key)
		} else if got := plugintest.FieldOf(t, plugintest.FormTo(t, a.Page, "/importer"), "adresse").Error.GetKey(); got != x.key {
			t.Errorf("%s: %s, want %q", x.name, got, x.key)
		}
	}
}
