package plugintest

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// record is what the module told the core.
type record struct {
	notices []Notice
	events  []Event
	audit   []Audit

	withdrawn []Withdrawn
}

// Notice is a notification that the module sent.
type Notice struct {
	School ids.SchoolID
	By     ids.PersonID
	People []ids.PersonID
	Text   *ui.Words
	Link   *ui.Link
	Key    string
	About  []*ui.About
	Kind   string
	From   time.Time // zero: at once
	Urgent bool

	Instead *wire.Instead // what those are told who may not receive the kind; may be nil
}

// Withdrawn is what the module took back.
type Withdrawn struct {
	School ids.SchoolID
	Key    string
}

// Event is an event that the module published.
type Event struct {
	School  ids.SchoolID
	ID      string
	Name    string
	Payload []byte
	People  []ids.PersonID
	At      time.Time
}

// Audit is a line that the module wrote into the journal.
type Audit struct {
	School         ids.SchoolID
	By             ids.PersonID
	Action, Object string
	Details        map[string]string
}

// Notices returns what the module sent so far.
func (h *Harness) Notices() []Notice {
	h.core.mu.Lock()
	defer h.core.mu.Unlock()
	return slices.Clone(h.core.record.notices)
}

// Withdrawn returns what the module took back so far.
func (h *Harness) Withdrawn() []Withdrawn {
	h.core.mu.Lock()
	defer h.core.mu.Unlock()
	return slices.Clone(h.core.record.withdrawn)
}

// Audited returns what the module wrote into the journal so far.
func (h *Harness) Audited() []Audit {
	h.core.mu.Lock()
	defer h.core.mu.Unlock()
	return slices.Clone(h.core.record.audit)
}

// Events returns the events that arrived so far. They leave the module after
// the answer that caused them: [Harness.Event] waits for one.
func (h *Harness) Events() []Event {
	h.core.mu.Lock()
	defer h.core.mu.Unlock()
	return slices.Clone(h.core.record.events)
}

// Event waits for the first event of this name and returns it.
func (h *Harness) Event(name string) Event {
	h.t.Helper()
	late := time.After(within)
	for {
		h.core.mu.Lock()
		events, arrived := h.core.record.events, h.core.arrived
		h.core.mu.Unlock()
		if i := slices.IndexFunc(events, func(e Event) bool { return e.Name == name }); i >= 0 {
			return events[i]
		}
		select {
		case <-arrived:
		case <-late:
			h.t.Fatalf("no event %s came; there were %v", name, events)
		}
	}
}

type notify struct {
	wire.UnimplementedNotifyServer
	core *core
}

// Send implements wire.NotifyServer.
func (n notify) Send(ctx context.Context, in *wire.SendRequest) (*wire.SendResponse, error) {
	who, err := n.core.who(ctx, manifest.SendNotices)
	if err != nil {
		return nil, err
	}
	for _, k := range []string{in.GetKind(), in.GetInstead().GetKind()} {
		if k != "" && !slices.ContainsFunc(n.core.manifest.Notices, func(d manifest.Notice) bool { return d.ID == k }) {
			return nil, errors.New(errors.Invalid, "")
		}
	}
	if in.GetUrgent() && !n.core.manifest.May(manifest.SendUrgent) {
		return nil, errors.New(errors.Denied, "")
	}
	one := Notice{School: who.school.ID, By: who.person, Text: in.GetText(), Link: in.GetLink(), Key: in.GetKey(), About: in.GetAbout(),
		Kind: in.GetKind(), Urgent: in.GetUrgent(), Instead: in.GetInstead()}
	if in.From != nil {
		one.From = in.From.AsTime()
	}
	for _, p := range in.GetPeople() {
		if !who.school.has(ids.PersonID(p)) {
			return nil, errors.New(errors.NotFound, "") // nobody outside the school
		}
		one.People = append(one.People, ids.PersonID(p))
	}
	n.core.mu.Lock()
	defer n.core.mu.Unlock()
	n.core.record.notices = append(n.core.record.notices, one)
	return &wire.SendResponse{}, nil
}

// Withdraw implements wire.NotifyServer.
func (n notify) Withdraw(ctx context.Context, in *wire.WithdrawRequest) (*wire.WithdrawResponse, error) {
	who, err := n.core.who(ctx, manifest.SendNotices)
	if err != nil {
		return nil, err
	}
	n.core.mu.Lock()
	defer n.core.mu.Unlock()
	n.core.record.withdrawn = append(n.core.record.withdrawn, Withdrawn{who.school.ID, in.GetKey()})
	return &wire.WithdrawResponse{}, nil
}

type events struct {
	wire.UnimplementedEventsServer
	core *core
}

// Publish implements wire.EventsServer; it comes without a handle, from the
// module's outbox.
func (e events) Publish(_ context.Context, in *wire.PublishRequest) (*wire.PublishResponse, error) {
	allowed := e.core.manifest.May(manifest.MayPublish(in.GetName()))
	if in.GetName() == wire.SearchChanged {
		allowed = e.core.manifest.Offers("search")
	}
	if !allowed {
		return nil, errors.New(errors.Invalid, "")
	}
	one := Event{School: ids.SchoolID(in.GetSchool()), ID: in.GetId(), Name: in.GetName(), Payload: in.GetPayload(), At: in.GetAt().AsTime()}
	for _, p := range in.GetPeople() {
		one.People = append(one.People, ids.PersonID(p))
	}
	e.core.mu.Lock()
	defer e.core.mu.Unlock()
	e.core.record.events = append(e.core.record.events, one)
	close(e.core.arrived)
	e.core.arrived = make(chan struct{})
	return &wire.PublishResponse{}, nil
}

type audit struct {
	wire.UnimplementedAuditServer
	core *core
}

// Record implements wire.AuditServer.
func (a audit) Record(ctx context.Context, in *wire.RecordRequest) (*wire.RecordResponse, error) {
	who, err := a.core.who(ctx, manifest.RecordAudit)
	if err != nil {
		return nil, err
	}
	a.core.mu.Lock()
	defer a.core.mu.Unlock()
	a.core.record.audit = append(a.core.record.audit, Audit{
		School: who.school.ID, By: who.person, Action: in.GetAction(), Object: in.GetObject(), Details: maps.Clone(in.GetDetails()),
	})
	return &wire.RecordResponse{}, nil
}
