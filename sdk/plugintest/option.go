package plugintest

import (
	"net/http"
	"time"

	"github.com/preau-ent/preau/sdk/store"
)

// Option changes how [Start] starts a module.
type Option func(*config)

type config struct {
	unrecorded bool
	process    bool
	confined   bool // with process
	schools    []*School
	clock      time.Time
	outside    map[string]http.Handler
	older      int // schema of the data to begin with; 0: none
	fill       func(tx store.Tx) error
}

// Process runs the module as the core would: built with "go build", started
// through go-plugin, with a lifeline. It has the real clock. The environment
// variable PREAU_PLUGINTEST=process does the same for every test.
func Process() Option { return func(c *config) { c.process = true } }

// Schools gives the module these schools; without it there is one, a collège.
func Schools(s ...*School) Option { return func(c *config) { c.schools = s } }

// Clock sets the time at which the test begins; without it, Tuesday 15
// September 2026, ten in the morning in Paris.
func Clock(t time.Time) Option { return func(c *config) { c.clock = t } }

// Outside puts a host outside, see [Harness.Outside], before the module starts.
func Outside(host string, h http.Handler) Option {
	return func(c *config) {
		if c.outside == nil {
			c.outside = map[string]http.Handler{}
		}
		c.outside[host] = h
	}
}

// defaultClock is in the middle of an ordinary week of school.
var defaultClock = time.Date(2026, time.September, 15, 8, 0, 0, 0, time.UTC)
