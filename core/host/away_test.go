package host

import (
	"testing"

	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
)

// TestAway: what is said of a module that is not there is true.
func TestAway(t *testing.T) {
	for _, c := range []struct {
		now  supervise.Status
		says string
	}{
		{supervise.Status{}, "host.away"},
		{supervise.Status{State: supervise.Stopped}, "host.away"},
		{supervise.Status{State: supervise.Starting}, "host.starting"},
		{supervise.Status{State: supervise.Starting, LastError: "ended"}, "host.recovering"},
		{supervise.Status{State: supervise.BackingOff, LastError: "ended"}, "host.recovering"},
		{supervise.Status{State: supervise.Quarantined}, "host.aside"},
	} {
		err := away(c.now)
		if key, _ := errors.Public(err); key != c.says || errors.KindOf(err) != errors.Unavailable || IsAside(err) != (c.says == "host.aside") || IsHalted(err) {
			t.Errorf("%+v: %v, want %s", c.now, err, c.says)
		}
	}
}
