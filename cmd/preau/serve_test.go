package main

import (
	"strings"
	"testing"

	"github.com/preau-ent/preau/core"
)

// TestOpened: behind a proxy nobody is told to open what only the proxy may.
func TestOpened(t *testing.T) {
	for _, c := range []struct {
		cfg         core.Config
		says, never string
	}{
		{core.Config{}, "http://127.0.0.1:8080", "https"},
		{core.Config{Site: "http://ent.example.fr"}, "http://127.0.0.1:8080", "https"},
		{core.Config{Secure: true}, "on 127.0.0.1:8080. Pages open at the https:// address", "http://"},
		{core.Config{Secure: true, Site: "https://ent.example.fr/"}, "open on https://ent.example.fr (the HTTPS proxy passes on to 127.0.0.1:8080)", "http://"},
	} {
		words, err := newSpeech("en")
		if err != nil {
			t.Fatal(err)
		}
		a := &app{listen: "127.0.0.1:8080", say: words}
		if said := a.opened(c.cfg); !strings.Contains(said, c.says) || strings.Contains(said, c.never) {
			t.Errorf("%+v: %s", c.cfg, said)
		}
	}
}
