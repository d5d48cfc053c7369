package host

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/core/host/calls"
	"github.com/preau-ent/preau/core/host/services"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// gathering bounds a fan-out whose caller set no deadline, and keeps one with a
// long deadline from waiting for a hung module as long.
const gathering = 2 * time.Second

// Calendar gathers the entries of every module that offers a calendar, that the
// school enabled and that the caller may open, but except; missing lists those
// that did not answer in time or answered wrong.
func (h *Host) Calendar(ctx context.Context, caller Caller, from, to time.Time, except ...ids.ModuleID) (entries []Entries, missing []ids.ModuleID, err error) {
	if !from.Before(to) {
		return nil, nil, errors.New(errors.Invalid, "host.calendar.span")
	}
	ctx, cancel := context.WithTimeout(ctx, gathering)
	defer cancel()
	var (
		mu  sync.Mutex
		all sync.WaitGroup
	)
	for _, id := range h.Enabled(caller.School()) {
		e := h.known().modules[id]
		if e == nil || slices.Contains(except, id) || !e.manifest.Offers("calendar") ||
			!h.cfg.Permissions.May(caller.School(), caller.Roles, e.start) {
			continue
		}
		all.Go(func() {
			found, err := h.calendarOf(ctx, caller, id, from, to)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				h.cfg.Log.Warn("calendar missing", "module", id, "err", err)
				missing = append(missing, id)
				return
			}
			entries = append(entries, Entries{Module: id, Entries: found})
		})
	}
	all.Wait()
	slices.SortFunc(entries, func(a, b Entries) int { return cmp.Compare(a.Module, b.Module) })
	slices.Sort(missing)
	return entries, missing, nil
}

func (h *Host) calendarOf(ctx context.Context, caller Caller, id ids.ModuleID, from, to time.Time) ([]*wire.Entry, error) {
	w := h.worker(id)
	if w == nil {
		return nil, errors.New(errors.Unavailable, "host.away", "module", string(id))
	}
	c := &calls.Call{Module: id, School: caller.School(), Viewer: h.viewer(caller, id), Roles: caller.Roles, Within: true}
	var out *wire.CalendarResponse
	err := w.control(ctx, c, func(ctx context.Context, m wire.ModuleClient, handle string) (err error) {
		out, err = m.Calendar(ctx, &wire.CalendarRequest{Viewer: c.Viewer, Handle: handle,
			From: timestamppb.New(from), To: timestamppb.New(to)})
		return err
	})
	if err == nil && h.cfg.Speak != nil {
		spell(out.GetEntries(), h.cfg.Speak(c.Viewer, id))
	}
	return out.GetEntries(), err
}

// spell puts entries in words at once: whoever shows them, a page of another
// module or a feed, does not have this module's catalogue.
func spell(entries []*wire.Entry, say func(*wire.Text) string) {
	for _, e := range entries {
		for _, words := range []*wire.Text{e.Title, e.Detail, e.GetLink().GetLabel()} {
			spellOne(words, say)
		}
	}
}

func spellOne(words *wire.Text, say func(*wire.Text) string) {
	if words.GetKey() != "" {
		words.Plain = say(words)
		words.Key, words.Args = "", nil
	}
}

// Gather implements [services.Host]: the calendar for a module that asks on
// behalf of its viewer; Conflict for one that was itself asked for its calendar,
// or two of them would ask each other until their time is over.
func (h *Host) Gather(ctx context.Context, c *calls.Call, from, to time.Time) (*wire.EntriesResponse, error) {
	if c.Within {
		return nil, errors.New(errors.Conflict, "host.calendar.within")
	}
	found, missing, err := h.Calendar(ctx, Caller{Viewer: c.Viewer, Roles: c.Roles}, from, to, c.Module)
	if err != nil {
		return nil, err
	}
	out := &wire.EntriesResponse{}
	for _, f := range found {
		out.Modules = append(out.Modules, &wire.ModuleEntries{Module: string(f.Module), Entries: f.Entries})
	}
	for _, m := range missing {
		out.Missing = append(out.Missing, string(m))
	}
	return out, nil
}

var _ services.Host = (*Host)(nil)

// Link resolves the secret of a personal link (/lien/<secret>) and notes its
// use; NotFound when it was revoked or never was.
func (h *Host) Link(ctx context.Context, secret string) (Link, error) {
	school, l, err := h.links.Resolve(ctx, secret)
	if err != nil {
		return Link{}, err
	}
	return Link{ID: l.ID, School: school, Person: l.Person, Module: l.Module, Path: l.Path}, nil
}
