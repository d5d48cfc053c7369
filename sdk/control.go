package sdk

import (
	"context"
	"fmt"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// drainWithin bounds a Drain whose caller set no deadline.
const drainWithin = 10 * time.Second

// Describe says what this process is.
func (r *Runtime) Describe(context.Context, *wire.DescribeRequest) (*wire.DescribeResponse, error) {
	return &wire.DescribeResponse{
		Id: r.setting.ID, Version: r.setting.Version, Widgets: r.module.widgetIDs(), Interfaces: r.module.interfaces(),
		Schema: int32(r.setting.Schema),
	}, nil
}

// Activate opens stores and the page socket; once only.
func (r *Runtime) Activate(ctx context.Context, in *wire.ActivateRequest) (*wire.ActivateResponse, error) {
	r.turn.Lock()
	defer r.turn.Unlock()
	if r.ended || r.now.Load() != nil {
		return nil, errors.New(errors.Conflict, "")
	}
	if err := r.module.ready(r.setting.Schema); err != nil {
		return nil, err
	}
	l, err := r.start(ctx, in)
	if err != nil {
		return nil, err
	}
	r.now.Store(l)
	return &wire.ActivateResponse{}, nil
}

// Ping answers while the process works, and takes note of whether stores may grow.
func (r *Runtime) Ping(_ context.Context, in *wire.PingRequest) (*wire.PingResponse, error) {
	r.full.Store(in.GetFull())
	return &wire.PingResponse{}, nil
}

// Widget answers one widget for one viewer.
func (r *Runtime) Widget(ctx context.Context, in *wire.WidgetRequest) (*wire.WidgetResponse, error) {
	f := r.module.widgets[in.GetWidget()]
	if f == nil {
		return nil, errors.New(errors.NotFound, "")
	}
	l, err := r.live()
	if err != nil {
		return nil, err
	}
	defer l.control.leave()
	scope, err := l.scope(ctx, in.GetViewer(), in.GetHandle())
	if err != nil {
		return nil, err
	}
	node, err := f(&WidgetRequest{Scope: scope, Widget: in.GetWidget(), Size: in.GetSize(), Options: in.GetSettings(), ctx: ctx})
	if err == nil && node == nil {
		err = errors.Internal(fmt.Errorf("widget %s answered nothing", in.GetWidget()))
	}
	if err != nil {
		return nil, err
	}
	return &wire.WidgetResponse{Node: node}, nil
}

// Calendar answers the entries that touch a span of time.
func (r *Runtime) Calendar(ctx context.Context, in *wire.CalendarRequest) (*wire.CalendarResponse, error) {
	if r.module.calendar == nil {
		return nil, errors.New(errors.NotFound, "")
	}
	l, err := r.live()
	if err != nil {
		return nil, err
	}
	defer l.control.leave()
	scope, err := l.scope(ctx, in.GetViewer(), in.GetHandle())
	if err != nil {
		return nil, err
	}
	tz := scope.Viewer.TimeZone
	entries, err := r.module.calendar(&CalendarRequest{
		Scope: scope, From: in.GetFrom().AsTime().In(tz), To: in.GetTo().AsTime().In(tz), ctx: ctx,
	})
	if err != nil {
		return nil, err
	}
	return &wire.CalendarResponse{Entries: entries}, nil
}

// Deliver gives an event to its function.
func (r *Runtime) Deliver(ctx context.Context, in *wire.DeliverRequest) (*wire.DeliverResponse, error) {
	f := r.module.events[in.GetName()]
	if f == nil {
		return nil, errors.New(errors.Invalid, "") // subscribed in module.yaml, forgotten in the code
	}
	l, err := r.live()
	if err != nil {
		return nil, err
	}
	defer l.control.leave()
	scope, err := l.unseen(ctx, ids.SchoolID(in.GetSchool()), in.GetHandle(), time.UTC)
	if err != nil {
		return nil, err
	}
	e := &Event{Scope: scope, ID: in.GetId(), Name: in.GetName(), Payload: in.GetPayload(), At: in.GetAt().AsTime()}
	if err := f(ctx, e); err != nil {
		return nil, err
	}
	return &wire.DeliverResponse{}, nil
}

// Drain ends the work; a second Drain finds nothing to do.
func (r *Runtime) Drain(ctx context.Context, _ *wire.DrainRequest) (*wire.DrainResponse, error) {
	r.turn.Lock()
	defer r.turn.Unlock()
	r.ended = true
	if l := r.now.Swap(nil); l != nil {
		ctx, cancel := context.WithTimeout(ctx, drainWithin)
		defer cancel()
		l.stop(ctx)
	}
	return &wire.DrainResponse{}, nil
}

// drained reports whether the work was ended in an orderly way, without waiting
// for a Drain that is under way.
func (r *Runtime) drained() bool {
	if !r.turn.TryLock() {
		return false
	}
	defer r.turn.Unlock()
	return r.ended
}

// live returns what Activate opened, for a call that must leave l.control.
func (r *Runtime) live() (*live, error) {
	if l := r.now.Load(); l != nil && l.control.enter() {
		return l, nil
	}
	return nil, errors.New(errors.Unavailable, "")
}
