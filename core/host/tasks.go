package host

import (
	"context"
	"slices"
	"sync"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/core/host/calls"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Tasks is what one module has for somebody to do, in words, its links and
// buttons naming the module; Err says that it did not answer.
type Tasks struct {
	Module ids.ModuleID
	Tasks  []*wire.Task
	Err    error
}

// mostTasks of one module; whoever has more to do this week needs help first.
const mostTasks = 200

// TasksOf asks every module that offers tasks, that the school enabled and that
// the caller may open, for what is due in [from, to), all at once; each hears
// them one after the other as they answer. It returns when all have.
func (h *Host) TasksOf(ctx context.Context, caller Caller, from, to time.Time, each func(Tasks)) {
	ctx, cancel := context.WithTimeout(ctx, gathering)
	defer cancel()
	var (
		mu  sync.Mutex
		all sync.WaitGroup
	)
	for _, id := range h.offering("tasks", caller) {
		all.Go(func() {
			found, err := h.tasksOf(ctx, caller, id, from, to)
			if err != nil {
				h.cfg.Log.Warn("tasks missing", "module", id, "err", err)
			}
			mu.Lock()
			defer mu.Unlock()
			each(Tasks{Module: id, Tasks: found, Err: err})
		})
	}
	all.Wait()
}

// offering lists the modules of an interface that the caller may open.
func (h *Host) offering(what string, caller Caller) (list []ids.ModuleID) {
	for _, id := range h.Enabled(caller.School()) {
		if e := h.known().modules[id]; e != nil && e.manifest.Offers(what) && h.cfg.Permissions.May(caller.School(), caller.Roles, e.start) {
			list = append(list, id)
		}
	}
	return list
}

// TaskEvents names the events that may change what modules answer to
// [Host.TasksOf] in a school; some says that there is such a module.
func (h *Host) TaskEvents(school ids.SchoolID) (names []string, some bool) {
	for _, id := range h.Enabled(school) {
		if e := h.known().modules[id]; e != nil && e.manifest.Offers("tasks") {
			names, some = append(names, e.manifest.Events.Publishes...), true
		}
	}
	return names, some
}

func (h *Host) tasksOf(ctx context.Context, caller Caller, id ids.ModuleID, from, to time.Time) ([]*wire.Task, error) {
	w := h.worker(id)
	if w == nil {
		return nil, errors.New(errors.Unavailable, "host.away", "module", string(id))
	}
	c := &calls.Call{Module: id, School: caller.School(), Viewer: h.viewer(caller, id), Roles: caller.Roles}
	var out *wire.TasksResponse
	err := w.control(ctx, c, func(ctx context.Context, m wire.ModuleClient, handle string) (err error) {
		out, err = m.Tasks(ctx, &wire.TasksRequest{Viewer: c.Viewer, Handle: handle,
			From: timestamppb.New(from), To: timestamppb.New(to)})
		return err
	})
	if err != nil {
		return nil, err
	}
	tasks := slices.DeleteFunc(out.GetTasks(), func(t *wire.Task) bool {
		return t.GetId() == "" || t.GetCheck().GetTitle() == nil || ui.Validate(t) != nil
	})
	tasks = tasks[:min(len(tasks), mostTasks)]
	say := func(words *wire.Text) string { return words.GetPlain() }
	if h.cfg.Speak != nil {
		say = h.cfg.Speak(c.Viewer, id)
	}
	for _, t := range tasks {
		settle(t.Check, id, say)
	}
	return tasks, nil
}

// settle puts a task in words and has it lead into its own module: the core
// shows it beside those of others.
func settle(c *wire.Check, id ids.ModuleID, say func(*wire.Text) string) {
	for _, words := range []*wire.Text{c.Title, c.Detail, c.Badge, c.GetLink().GetLabel(), c.GetToggle().GetLabel()} {
		spellOne(words, say)
	}
	if c.Link != nil {
		c.Link.Module = string(id)
	}
	if c.Toggle != nil {
		c.Toggle.Module = string(id)
	}
}
