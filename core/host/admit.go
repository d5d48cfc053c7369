package host

import (
	"context"
	"sync"

	"github.com/preau-ent/preau/core/host/calls"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// call is one call of a module under way, with all that it holds: a handle, a
// place, and the circuit's attention.
type call struct {
	process *process.Process
	ctx     context.Context // the caller's, ended early when the module is halted
	handle  string

	host    *Host
	cut     context.CancelCauseFunc
	places  *places
	outside func() // out of the gate; twice does no harm
	circuit *circuit
	tell    func(outcome) // nil once told
	once    sync.Once
}

// admit lets a call into the module, or says why not: the module is halted for
// the call's school, has no process, fails too often, or is too busy. What was
// admitted must be told its outcome, and ended.
func (w *worker) admit(ctx context.Context, c *calls.Call, places *places) (*call, error) {
	in := &call{host: w.host, places: places}
	in.ctx, in.cut = context.WithCancelCause(ctx)
	c.Cut = in.cut
	in.handle = w.host.calls.Open(c) // from here on a halt finds it
	if err := w.let(in, c.School); err != nil {
		w.host.calls.Close(in.handle)
		in.cut(nil)
		return nil, err
	}
	return in, nil
}

func (w *worker) let(in *call, school ids.SchoolID) error {
	if w.host.Halted(school, w.entry.manifest.ID) {
		return errHalted
	}
	if err := w.gate.Enter(in.ctx); err != nil {
		return in.reason(err)
	}
	in.outside = sync.OnceFunc(w.gate.Leave)
	if now := w.host.worker(w.entry.manifest.ID); now != nil {
		w = now // another version took over meanwhile
	}
	err := w.place(in)
	if err != nil {
		in.outside()
	}
	return err
}

// place finds process and place for a call that has passed the gate.
func (w *worker) place(in *call) error {
	if _, circuit, err := w.running(); err != nil {
		return err
	} else if circuit.state() == Open {
		return errors.New(errors.Unavailable, "host.circuit") // no use in waiting for a place
	}
	err := in.places.enter(in.ctx)
	if err != nil {
		return in.reason(err)
	}
	if in.process, in.circuit, err = w.running(); err == nil {
		in.tell, err = in.circuit.enter()
	}
	if err != nil {
		in.places.leave()
	}
	return err
}

// told says once what the call says about the module.
func (c *call) told(o outcome) {
	if c.tell != nil {
		c.tell(o)
		c.tell = nil
	}
}

// end lets go of all that the call holds; twice does no harm.
func (c *call) end() {
	c.once.Do(func() {
		c.told(moot)
		c.host.calls.Close(c.handle)
		c.cut(nil)
		c.places.leave()
		c.outside()
	})
}

// reason returns err, or why the core itself ended the call when that was it.
func (c *call) reason(err error) error {
	var own *errors.Error
	if err != nil && errors.As(context.Cause(c.ctx), &own) {
		return own
	}
	return err
}
