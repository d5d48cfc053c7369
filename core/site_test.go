package core

import (
	"testing"

	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/sdk/errors"
)

// TestSite: no letter goes out with an address that its reader cannot open.
func TestSite(t *testing.T) {
	post := mail.Config{Server: "smtp://127.0.0.1:25"}
	for _, c := range []struct {
		name string
		cfg  Config
		site string
		key  string // of the refusal
	}{
		{"what one tries out", Config{}, "http://127.0.0.1:8080", ""},
		{"with letters", Config{Mail: post}, "http://127.0.0.1:8080", ""},
		{"behind a proxy, without letters", Config{Secure: true}, "https://127.0.0.1:8080", ""},
		{"behind a proxy, with letters", Config{Secure: true, Mail: post}, "", "core.site.missing"},
		{"named", Config{Secure: true, Mail: post, Site: "https://ent.example.fr/"}, "https://ent.example.fr", ""},
		{"with a port", Config{Site: "http://ent.example.fr:8443"}, "http://ent.example.fr:8443", ""},
		{"no scheme", Config{Site: "ent.example.fr"}, "", "core.site"},
		{"another scheme", Config{Site: "ftp://ent.example.fr"}, "", "core.site"},
		{"a folder", Config{Site: "https://example.fr/ent"}, "", "core.site"},
		{"a query", Config{Site: "https://example.fr/?a=b"}, "", "core.site"},
		{"an account", Config{Site: "https://a:b@example.fr"}, "", "core.site"},
		{"no address", Config{Site: "https://%zz"}, "", "core.site"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.cfg.Listen = "127.0.0.1:8080"
			site, err := (&Core{Config: c.cfg}).site()
			key, _ := errors.Public(err)
			if site != c.site || (err == nil) != (c.key == "") || err != nil && key != c.key {
				t.Errorf("%q, %q (%v), want %q, %q", site, key, err, c.site, c.key)
			}
		})
	}
}
