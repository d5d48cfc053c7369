package host

import (
	"context"
	"time"

	"github.com/preau-ent/preau/core/host/supervise"
)

// changed keeps each step of the process's life with its log.
func (w *worker) changed(s supervise.Status) {
	id := w.entry.manifest.ID
	level, text := "info", "preau: "+string(s.State)
	switch s.State {
	case supervise.BackingOff, supervise.Degraded, supervise.Quarantined:
		why := s.LastError
		if q := w.quarantine.Load(); q != nil && why == "" {
			why = q.Reason // of before the core's last start
		}
		level, text = "error", text+": "+why
		w.host.cfg.Log.Error("module "+string(s.State), "module", id, "err", why, "restarts", s.Restarts)
	}
	w.lines.Add(s.Since, level, text)
	switch s.State {
	case supervise.Quarantined:
		w.putAside(s)
	case supervise.Starting:
		if w.quarantine.Swap(nil) != nil {
			w.host.keeper.forget(id)
		}
	case supervise.Serving:
		w.host.cfg.Events.Wake(id)
	}
}

// circuitChanged keeps each step of the circuit with the log.
func (w *worker) circuitChanged(to Circuit) {
	level := "info"
	if to == Open {
		level = "error"
		w.host.cfg.Log.Error("module's circuit opened", "module", w.entry.manifest.ID)
	}
	w.lines.Add(time.Now(), level, "preau: circuit "+string(to))
}

// tried waits until the first start succeeded or failed.
func (w *worker) tried(ctx context.Context) error {
	s := w.supervisor()
	if s == nil {
		return nil
	}
	select {
	case <-s.Tried():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// settled reports whether the process is called, or nobody starts it any more.
func (w *worker) settled() bool {
	s := w.supervisor()
	if s == nil {
		return false
	}
	state := s.Status().State
	return state.Called() || state == supervise.Quarantined
}

// status says how the module is: a process that serves, but whose calls mostly
// fail, is degraded.
func (w *worker) status() Status {
	id := w.entry.manifest.ID
	out := Status{ID: id, Version: w.entry.manifest.Version, State: supervise.Stopped, Tier: string(w.host.cfg.Launcher.Tier(w.entry.tier())),
		Circuit: Closed, Halted: w.host.Halted("", id), HaltedIn: w.host.HaltedIn(id)}
	if to, busy := w.host.targets.Load(id); busy {
		out.Upgrading = to.(string)
	}
	s := w.supervisor()
	if s == nil {
		return out
	}
	st := s.Status()
	out.State, out.PID, out.Restarts, out.Since, out.LastError = st.State, st.PID, st.Restarts, st.Since, st.LastError
	if st.State.Called() {
		out.Running = out.Version
	}
	if st.State == supervise.Quarantined {
		if out.Quarantine = w.quarantine.Load(); out.Quarantine != nil && out.LastError == "" {
			out.LastError = out.Quarantine.Reason // of before the core's last start
		}
	}
	if s := w.latest.Load(); s != nil && st.State.Called() {
		out.RSS, out.FDs = s.RSS, s.FDs
	}
	if c := w.circuit.Load(); c != nil && st.State.Called() {
		if out.Circuit = c.state(); out.Circuit != Closed {
			out.State = supervise.Degraded
		}
	}
	return out
}
