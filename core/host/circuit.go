package host

import (
	stderrors "errors"
	"time"

	"github.com/sony/gobreaker/v2"

	"github.com/preau-ent/preau/sdk/errors"
)

// Circuit says whether calls of a module go through.
type Circuit string

// The states of a circuit.
const (
	Closed   Circuit = "closed"    // they do
	HalfOpen Circuit = "half-open" // one does, to see
	Open     Circuit = "open"      // they fail at once
)

// The circuit opens when half of the calls of the last ten seconds failed, but
// not for a handful of them, and lets one through after five.
const (
	circuitWindow = 10 * time.Second
	circuitStep   = time.Second // by which the window moves
	circuitLeast  = 20          // calls
	circuitPause  = 5 * time.Second
)

// outcome is what a call says about the module.
type outcome int

const (
	fine  outcome = iota
	fault         // it was late, answered garbage, broke down or said that it is at fault
	moot          // the caller left, or never came so far
)

var errFault, errMoot = stderrors.New("fault"), stderrors.New("moot")

// circuit keeps calls from a process that fails most of them: those calls fail
// at once, and the process gets some air. Each process has a fresh one.
type circuit struct {
	*gobreaker.TwoStepCircuitBreaker[struct{}]
}

// newCircuit returns a closed circuit; changed is told of each step and must be
// quick.
func newCircuit(changed func(Circuit)) *circuit {
	return &circuit{gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
		MaxRequests: 1, Interval: circuitWindow, BucketPeriod: circuitStep, Timeout: circuitPause,
		ReadyToTrip: func(n gobreaker.Counts) bool {
			over := n.TotalSuccesses + n.TotalFailures
			return over >= circuitLeast && 2*n.TotalFailures >= over
		},
		IsExcluded:    func(err error) bool { return err == errMoot },
		OnStateChange: func(_ string, _, to gobreaker.State) { changed(Circuit(to.String())) },
	})}
}

// enter lets a call through, to be told its outcome, or Unavailable.
func (c *circuit) enter() (tell func(outcome), err error) {
	done, err := c.Allow()
	if err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "host.circuit")
	}
	return func(o outcome) { done([...]error{nil, errFault, errMoot}[o]) }, nil
}

// blame counts a fault that showed after the call's outcome was told.
func (c *circuit) blame() {
	if tell, err := c.enter(); err == nil {
		tell(fault)
	}
}

func (c *circuit) state() Circuit { return Circuit(c.State().String()) }
