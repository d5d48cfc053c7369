package host

import (
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
)

// What whoever calls a module is told while it has no process to be called.
var (
	errHalted     = errors.New(errors.Unavailable, "host.halted")     // by somebody in charge
	errAside      = errors.New(errors.Unavailable, "host.aside")      // it is quarantined
	errStarting   = errors.New(errors.Unavailable, "host.starting")   // for the first time
	errRecovering = errors.New(errors.Unavailable, "host.recovering") // after a crash
	errAway       = errors.New(errors.Unavailable, "host.away")       // it is on its way out, or in
)

// IsHalted reports whether a call failed because the module is halted.
func IsHalted(err error) bool { return errors.Is(err, errHalted) }

// IsAside reports whether a call failed because the module is quarantined.
func IsAside(err error) bool { return errors.Is(err, errAside) }

// away says what to expect of a module whose process is so.
func away(s supervise.Status) error {
	switch {
	case s.State == supervise.Quarantined:
		return errAside
	case s.State == supervise.BackingOff, s.State == supervise.Starting && s.LastError != "":
		return errRecovering
	case s.State == supervise.Starting:
		return errStarting
	}
	return errAway
}
