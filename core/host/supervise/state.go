package supervise

import "time"

// State is where a supervised process is in its life.
type State string

// The closed set of states.
const (
	Starting   State = "starting"
	Serving    State = "serving"
	Degraded   State = "degraded"
	BackingOff State = "backing-off"
	Stopped    State = "stopped"
)

// Status is a supervisor's view of its process at one moment.
type Status struct {
	State     State
	PID       int       // 0 when there is no process
	Restarts  int       // starts after the first
	Since     time.Time // when State was entered
	LastError string    // why the last process ended or did not start; empty when none did
}
