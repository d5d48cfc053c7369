package host

import (
	"io"
	"time"

	"github.com/preau-ent/preau/core/host/egress"
	"github.com/preau-ent/preau/sdk/manifest"
)

// wayOut returns what serves the way out to the module's next process, nil when
// it may not connect to anything. What it may is asked with each request.
func (w *worker) wayOut() func(socket string) (io.Closer, error) {
	if !manifest.Connects(w.entry.grants()) {
		return nil
	}
	m := w.entry.manifest
	return func(socket string) (io.Closer, error) {
		return w.host.egress.Open(socket, egress.Client{Module: m.ID, Version: m.Version, Granted: w.entry.grants,
			Log: func(level, text string) { w.lines.Add(time.Now(), level, text) }})
	}
}

// Egress is the way out of the modules, to be counted.
func (h *Host) Egress() *egress.Broker { return h.egress }
