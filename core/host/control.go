package host

import (
	"context"
	"slices"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/host/calls"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Widget asks a module for one widget. NotFound when the school did not enable
// the module or it has no such widget, Denied without its permission, Timeout
// when ctx's deadline passes.
func (h *Host) Widget(ctx context.Context, q WidgetCall) (*wire.Node, error) {
	w := h.worker(q.Module)
	if w == nil || !h.IsEnabled(q.School(), q.Module) {
		return nil, errors.New(errors.NotFound, "host.noroute")
	}
	decl, ok := w.entry.manifest.Widget(q.Widget)
	if !ok {
		return nil, errors.New(errors.NotFound, "host.nowidget", "widget", q.Widget)
	}
	if !h.cfg.Permissions.May(q.School(), q.Roles, decl.Permission) {
		return nil, errors.New(errors.Denied, "host.denied", "permission", string(decl.Permission))
	}
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, h.cfg.Pace.Widget)
		defer cancel()
	}
	c := &calls.Call{Module: q.Module, School: q.School(), Viewer: h.viewer(q.Caller, q.Module), Roles: q.Roles}
	var out *wire.WidgetResponse
	err := w.control(ctx, c, func(ctx context.Context, m wire.ModuleClient, handle string) (err error) {
		out, err = m.Widget(ctx, &wire.WidgetRequest{Viewer: c.Viewer, Handle: handle,
			Widget: q.Widget, Size: q.Size, Settings: q.Settings})
		if err == nil && out.GetNode() == nil {
			err = errGarbage
		}
		return err
	})
	return out.GetNode(), err
}

// Subscribers implements [events.Target].
func (h *Host) Subscribers(school ids.SchoolID, name string) []ids.ModuleID {
	var out []ids.ModuleID
	for _, id := range h.Enabled(school) {
		if e := h.known().modules[id]; e != nil && slices.Contains(e.manifest.Events.Subscribes, name) {
			out = append(out, id)
		}
	}
	return out
}

// Deliver implements [events.Target]. An event that could not be handed over,
// because the module is away, halted or in trouble, waits; only what the module
// itself says of the event counts as a try.
func (h *Host) Deliver(ctx context.Context, module ids.ModuleID, e events.Event) error {
	w := h.worker(module)
	if w == nil {
		return events.ErrAway
	}
	ctx, cancel := context.WithTimeout(ctx, h.cfg.Pace.Event)
	defer cancel()
	asked, refused := false, error(nil)
	err := w.control(ctx, &calls.Call{Module: module, School: e.School}, func(ctx context.Context, m wire.ModuleClient, handle string) error {
		asked = true
		_, err := m.Deliver(ctx, &wire.DeliverRequest{School: string(e.School), Handle: handle,
			Id: e.ID, Name: e.Name, Payload: e.Payload, At: timestamppb.New(e.At)})
		if said(err) { // an event that a module cannot digest is not held against the module
			refused, err = errors.FromStatus(err), nil
		}
		return err
	})
	switch {
	case refused != nil:
		return refused
	case err != nil && (!asked || errors.Is(err, errHalted)):
		return errors.Wrap(errors.Join(events.ErrAway, err), errors.Unavailable, "host.away", "module", string(module))
	}
	return err
}

// control makes one call down the control lane. ctx must have a deadline.
func (w *worker) control(ctx context.Context, c *calls.Call, ask func(ctx context.Context, m wire.ModuleClient, handle string) error) error {
	in, err := w.admit(ctx, c, w.calls)
	if err != nil {
		return err
	}
	defer in.end()
	raw := ask(in.ctx, in.process.Module, in.handle)
	err = understand(in.ctx, raw)
	o := blame(err, said(raw))
	if in.told(o); o == fault || errors.KindOf(err) == errors.TooLarge {
		w.complain("a call", err)
	}
	return in.reason(err)
}

// blame says what the error of a call says about the module; said is whether
// the module itself answered so.
func blame(err error, said bool) outcome {
	switch errors.KindOf(err) {
	case errors.Timeout, errors.Bug:
		return fault
	case errors.Unavailable, errors.TooLarge:
		if !said {
			return fault
		}
	case errors.Cancelled:
		return moot
	}
	return fine
}

// said reports whether an error is the module's own word, in our format.
func said(err error) bool {
	s, ok := status.FromError(err)
	return err != nil && ok && strings.HasPrefix(s.Message(), "{")
}

var errGarbage = errors.New(errors.Unavailable, "host.garbage")

// understand turns an error of a call into one of ours: what gRPC itself says
// about an answer it could not use is the module's fault, not the core's.
func understand(ctx context.Context, err error) error {
	s, ok := status.FromError(err)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return errors.Wrap(err, errors.KindOf(ctx.Err()), "host.late")
	case !ok || said(err):
		return errors.FromStatus(err)
	}
	switch s.Code() {
	case codes.ResourceExhausted:
		return errors.Wrap(err, errors.TooLarge, "host.toolarge", "limit", wire.MaxMessage)
	case codes.DeadlineExceeded:
		return errors.Wrap(err, errors.Timeout, "host.late")
	case codes.Canceled: // not by the caller: the process ended, and the connection was let go of before this call was
		return errors.FromStatus(status.Error(codes.Unavailable, s.Message()))
	case codes.Internal, codes.Unknown, codes.Unimplemented:
		return errors.Wrap(err, errors.Unavailable, "host.garbage")
	}
	return errors.FromStatus(err)
}
