package console

import (
	"slices"
	"strings"

	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// shownLogs is how many lines of a module's log the page shows.
const shownLogs = 200

// showLogs answers the last lines of a module's log, the newest first. One
// process serves all schools, so modules are told to keep names out of it.
func (c *Console) showLogs(v *visit.Visit) (*visit.Answer, error) {
	id := ids.ModuleID(v.Params["id"])
	m, err := c.Modules.Manifest(id)
	if err != nil {
		return nil, err
	}
	var events []*ui.Event
	lines := c.Modules.Logs(id, shownLogs)
	for i := len(lines) - 1; i >= 0; i-- {
		events = append(events, logLine(lines[i]))
	}
	back := []*ui.Link{ui.To(modulesPath, "console.modules"), ui.ToOf(modulePath(id), ui.S(v.Say.In(id).T(m.Name)))}
	return visit.Show(page(ui.T("console.module.logs"), back,
		ui.Empty(ui.Timeline(events...), "console.module.logs.none", nil))), nil
}

// steps are what the core notes among the lines of a module: its states, those of
// its circuit, and what becomes of its data and its end.
var steps = []string{"starting", "serving", "degraded", "backing-off", "quarantined", "stopped",
	"circuit open", "circuit half-open", "circuit closed", "data migrated", "did not end when told to"}

// logLine is one line as it was written; a step of the module's life, which the
// core noted, in the reader's words.
func logLine(line supervise.Line) *ui.Event {
	tone := map[string]ui.Tone{"warn": ui.Warn, "error": ui.Bad}[line.Level]
	event := &ui.Event{When: ui.At(line.At), Title: ui.S(line.Text), Tone: tone}
	if step, ours := strings.CutPrefix(line.Text, "preau: "); ours {
		step, why, _ := strings.Cut(step, ": ")
		if slices.Contains(steps, step) {
			event.Title = ui.T("console.log." + strings.ReplaceAll(step, " ", "-"))
			if why != "" {
				event.Detail = ui.S(why)
			}
		}
	}
	return event
}
