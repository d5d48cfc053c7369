package host

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// choice is what a school decided about one module, in the school's space.
type choice struct {
	ID       ids.ModuleID    `json:"id"`
	Enabled  bool            `json:"enabled"`
	Halted   bool            `json:"halted,omitempty"`
	Settings json.RawMessage `json:"settings,omitempty"`
}

var choices = store.NewCollection[choice]("host.modules")

// The events published in the process after a change; Payload is the module's
// id as JSON.
const (
	EventEnabled  = "core.module.enabled"
	EventDisabled = "core.module.disabled"
	EventSettings = "core.module.settings"
)

// switches says which school enabled which modules. It is replaced as a whole,
// so that a look is two map look-ups and never waits.
type switches map[ids.SchoolID]map[ids.ModuleID]bool

// readChoices returns what the schools switched on, and what they halted. Of what
// cannot be read nothing is on.
func (h *Host) readChoices(ctx context.Context) (switches, halts, error) {
	on, off := switches{}, halts{}
	schools, err := h.cfg.Engine.Spaces(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, school := range schools {
		err := readMarks(ctx, h.cfg.Engine, school, choices, func(id ids.ModuleID, c *choice, damage error) {
			if damage != nil {
				h.illegible.Store(decision{school, id}, damage)
				return
			}
			if c.Enabled {
				on.set(school, id, true)
			}
			if c.Halted {
				off.set(school, id, true)
			}
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return on, off, nil
}

func (s switches) set(school ids.SchoolID, m ids.ModuleID, on bool) {
	of := maps.Clone(s[school])
	if of == nil {
		of = map[ids.ModuleID]bool{}
	}
	if delete(of, m); on {
		of[m] = true
	}
	s[school] = of
}

// IsEnabled reports whether the school switched the module on.
func (h *Host) IsEnabled(school ids.SchoolID, module ids.ModuleID) bool {
	return (*h.switches.Load())[school][module] && h.known().modules[module] != nil
}

// Enabled lists the modules a school switched on, by id.
func (h *Host) Enabled(school ids.SchoolID) []ids.ModuleID {
	var out []ids.ModuleID
	for _, id := range h.known().order {
		if h.IsEnabled(school, id) {
			out = append(out, id)
		}
	}
	return out
}

// Schools lists the schools that switched a module on, sorted.
func (h *Host) Schools(module ids.ModuleID) []ids.SchoolID {
	var out []ids.SchoolID
	for school, of := range *h.switches.Load() {
		if of[module] {
			out = append(out, school)
		}
	}
	slices.Sort(out)
	return out
}

// Enable switches a module on for a school; NotFound when it is not in the
// catalogue. Its process is started when it was not running.
func (h *Host) Enable(ctx context.Context, school ids.SchoolID, module ids.ModuleID) error {
	return h.turn(ctx, school, module, true)
}

// Disable switches it off: from then on none of its addresses exists there.
// Its data stays. A process that no school needs any more is stopped.
func (h *Host) Disable(ctx context.Context, school ids.SchoolID, module ids.ModuleID) error {
	return h.turn(ctx, school, module, false)
}

func (h *Host) turn(ctx context.Context, school ids.SchoolID, module ids.ModuleID, on bool) error {
	if _, err := h.entry(module); err != nil {
		return err
	}
	h.turning.Lock()
	defer h.turning.Unlock()
	if h.IsEnabled(school, module) == on && !h.isIllegible(school, module) {
		return nil
	}
	change, event := Change{School: school, Module: module, What: "enabled"}, EventEnabled
	if !on {
		change.What, event = "disabled", EventDisabled
	}
	if err := h.choose(ctx, change, func(c *choice) { c.Enabled = on }); err != nil {
		return err
	}
	next := maps.Clone(*h.switches.Load())
	next.set(school, module, on)
	h.switches.Store(&next)
	h.staff(module)
	return h.announce(ctx, change, event)
}

// Settings returns a school's settings of a module, defaults filled in.
func (h *Host) Settings(ctx context.Context, school ids.SchoolID, module ids.ModuleID) (json.RawMessage, error) {
	e, err := h.entry(module)
	if err != nil {
		return nil, err
	}
	own, err := h.written(ctx, school, module)
	if err != nil {
		return nil, err
	}
	return e.manifest.WithDefaults(own)
}

// written returns what a school itself set up, nil when nothing, or nothing that
// can be read.
func (h *Host) written(ctx context.Context, school ids.SchoolID, module ids.ModuleID) (json.RawMessage, error) {
	space, err := h.cfg.Engine.Open(ctx, school)
	if err != nil {
		return nil, err
	}
	var own json.RawMessage
	err = space.View(ctx, func(tx store.Tx) error {
		c, err := choices.Get(tx, string(module))
		if errors.KindOf(err) == errors.NotFound || errors.Is(err, store.ErrDamaged) {
			return nil
		}
		if err == nil {
			own = c.Settings
		}
		return err
	})
	return own, err
}

// SetSettings validates and stores them; Invalid names the fields.
func (h *Host) SetSettings(ctx context.Context, school ids.SchoolID, module ids.ModuleID, value json.RawMessage) error {
	e, err := h.entry(module)
	if err != nil {
		return err
	}
	if err := e.manifest.CheckSettings(value); err != nil {
		return err
	}
	h.turning.Lock()
	defer h.turning.Unlock()
	change := Change{School: school, Module: module, What: "settings"}
	if err := h.choose(ctx, change, func(c *choice) { c.Settings = value }); err != nil {
		return err
	}
	return h.announce(ctx, change, EventSettings)
}

// choose audits a change, then keeps it.
func (h *Host) choose(ctx context.Context, change Change, edit func(*choice)) error {
	if err := h.audit(ctx, change); err != nil {
		return err
	}
	space, err := h.cfg.Engine.Open(ctx, change.School)
	if err != nil {
		return err
	}
	err = space.Update(ctx, func(tx store.Tx) error {
		c, err := choices.Get(tx, string(change.Module))
		if errors.KindOf(err) == errors.NotFound || errors.Is(err, store.ErrDamaged) {
			c, err = &choice{ID: change.Module}, nil
		}
		if err != nil {
			return err
		}
		edit(c)
		return choices.Put(tx, c)
	})
	if err == nil {
		h.illegible.Delete(decision{change.School, change.Module})
	}
	return err
}

// audit has a change put on record: no record, no change.
func (h *Host) audit(ctx context.Context, change Change) error {
	if h.cfg.Hook == nil {
		return nil
	}
	return h.cfg.Hook(ctx, change)
}

func (h *Host) announce(ctx context.Context, change Change, event string) error {
	payload, err := json.Marshal(change.Module)
	if err != nil {
		return errors.Internal(err)
	}
	return h.cfg.Events.Publish(ctx, events.Event{Name: event, School: change.School, Payload: payload})
}
