package supervise

import (
	"slices"
	"time"
)

// State is where a supervised process is in its life.
type State string

// The closed set of states.
const (
	Starting    State = "starting"
	Serving     State = "serving"
	Degraded    State = "degraded"
	BackingOff  State = "backing-off"
	Quarantined State = "quarantined"
	Stopped     State = "stopped"
)

// steps are the legal ones; the empty state is before the first.
var steps = map[State][]State{
	"":          {Starting, Quarantined},
	Starting:    {Serving, BackingOff, Quarantined, Stopped},
	Serving:     {Degraded, Starting, BackingOff, Quarantined, Stopped},
	Degraded:    {Serving, Degraded, Starting, BackingOff, Quarantined, Stopped},
	BackingOff:  {Starting, Stopped},
	Quarantined: {Starting, Stopped},
	Stopped:     nil,
}

// States lists every state.
func States() []State {
	return []State{Starting, Serving, Degraded, BackingOff, Quarantined, Stopped}
}

// To reports whether next may follow s.
func (s State) To(next State) bool { return slices.Contains(steps[s], next) }

// Called reports whether a process in this state may be called.
func (s State) Called() bool { return s == Serving || s == Degraded }

// Status is a supervisor's view of its process at one moment.
type Status struct {
	State     State
	PID       int       // of the process; 0 unless State is one that is called
	Restarts  int       // starts after the first
	Since     time.Time // when State was entered
	LastError string    // why the last process ended or did not start; empty when none did
	Over      Limit     // quarantined: the limit that was reached; zero: put aside at once
}
