package plugintest

import (
	"context"
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

type calendars struct {
	wire.UnimplementedCalendarsServer
	core *core
}

// OtherCalendar has another module offer these entries to everyone.
func (h *Harness) OtherCalendar(module ids.ModuleID, entries ...*ui.Entry) {
	h.core.mu.Lock()
	defer h.core.mu.Unlock()
	h.core.others[module] = entries
}

// Entries implements wire.CalendarsServer. An entry without an end is a moment.
func (c calendars) Entries(ctx context.Context, in *wire.EntriesRequest) (*wire.EntriesResponse, error) {
	if _, err := c.core.who(ctx, manifest.ReadCalendars); err != nil {
		return nil, err
	}
	c.core.mu.Lock()
	defer c.core.mu.Unlock()
	from, to := in.GetFrom().AsTime(), in.GetTo().AsTime()
	out := &wire.EntriesResponse{}
	for module, entries := range c.core.others {
		one := &wire.ModuleEntries{Module: string(module)}
		for _, e := range entries {
			end := e.GetStart().AsTime()
			if e.GetEnd() != nil {
				end = e.GetEnd().AsTime()
			}
			if e.GetStart().AsTime().Before(to) && !end.Before(from) {
				one.Entries = append(one.Entries, e)
			}
		}
		out.Modules = append(out.Modules, one)
	}
	slices.SortFunc(out.Modules, func(a, b *wire.ModuleEntries) int { return strings.Compare(a.Module, b.Module) })
	return out, nil
}
