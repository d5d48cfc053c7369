package console

import (
	"testing"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// TestRestartSaysHowItWent: well, or what it failed of, on the module's page.
func TestRestartSaysHowItWent(t *testing.T) {
	b := newBench(t)
	b.mods.now = host.Status{ID: "forum", State: supervise.Serving}
	for _, c := range []struct {
		key  string // of what it failed of
		said string
		tone ui.Tone
	}{
		{"", "console.module.restarted", ui.Ok},
		{"host.nostart", "console.module.notstarted", ui.Bad},
		{"host.changed", "console.module.changed.short", ui.Bad},
	} {
		b.mods.restarted = nil
		if c.key != "" {
			b.mods.restarted = errors.New(errors.Unavailable, c.key)
		}
		a, err := b.visit("yann", "POST", forum+"/redemarrer")
		if err != nil || a.To != forum || a.Said.GetKey() != c.said || a.Tone != c.tone {
			t.Errorf("%q: %+v, %v", c.key, a, err)
		}
	}
}
