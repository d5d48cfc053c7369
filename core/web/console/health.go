package console

import (
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

const (
	shownSamples = 24      // points of a chart
	megabyte     = 1000000 // as memory is sold, and as the charts say it
)

// badge says how a module is for this school.
func badge(enabled, halted bool, s host.Status) (*ui.Words, ui.Tone) {
	switch {
	case !enabled:
		return ui.T("console.module.off"), ui.Neutral
	case halted:
		return ui.T("console.module.halted"), ui.Bad
	case s.State == supervise.Serving:
		return ui.T("console.module.on"), ui.Ok
	case changed(s):
		return ui.T("console.module.refused"), ui.Bad
	case damaged(s):
		return ui.T("console.module.unsure"), ui.Bad
	case s.State == supervise.Quarantined:
		return ui.T("console.module.aside"), ui.Bad
	case s.State == supervise.Degraded:
		return ui.T("console.module.degraded"), ui.Warn
	}
	return ui.T("console.module.notserving"), ui.Warn
}

// reins are the buttons that act on a module at once: stop it for the school,
// set it going again, give it a fresh process.
func (c *Console) reins(v *visit.Visit, id ids.ModuleID, s host.Status) (out []*ui.Action) {
	switch {
	case !c.Modules.IsEnabled(v.School(), id) || s.Halted || operators(s):
		return nil // not a school's to take back: the operator's
	case c.Modules.Halted(v.School(), id):
		return []*ui.Action{ui.Primary(ui.Button(modulePath(id)+"/reprendre", "console.module.resume"))}
	}
	restart := ui.Button(modulePath(id)+"/redemarrer", "console.module.restart")
	if s.State == supervise.Quarantined {
		ui.Primary(restart)
	}
	stop := ui.Confirm(ui.Button(modulePath(id)+"/arreter", "console.module.halt"), "console.module.halt.sure", "module", c.moduleName(v, id))
	return []*ui.Action{restart, stop}
}

// trouble says what is wrong with a module of the school, and what to do.
func (c *Console) trouble(v *visit.Visit, id ids.ModuleID, s host.Status) []*ui.Node {
	name := c.moduleName(v, id)
	switch {
	case !c.Modules.IsEnabled(v.School(), id):
		return nil
	case s.Halted:
		return []*ui.Node{ui.Banner(ui.Bad, "console.module.halted.all", "module", name)}
	case c.Modules.Halted(v.School(), id):
		return []*ui.Node{ui.Banner(ui.Bad, "console.module.halted.here", "module", name)}
	case s.Quarantine != nil:
		return quarantine(name, s.Quarantine)
	case s.Circuit != host.Closed && s.State.Called():
		return []*ui.Node{ui.Banner(ui.Warn, "console.module.circuit", "module", name)}
	}
	return nil
}

// changed reports whether a module was put aside because its program is not the
// one that was verified: the operator's to look at, not a school's.
func changed(s host.Status) bool { return s.Quarantine != nil && s.Quarantine.Changed() }

// damaged reports whether nobody knows any more why a module was put aside: it may
// be for its program.
func damaged(s host.Status) bool { return s.Quarantine != nil && s.Quarantine.Damage != nil }

// operators reports whether a quarantine is not a school's to end.
func operators(s host.Status) bool { return changed(s) || damaged(s) }

// quarantine says why a module was put aside, with the last it said. Which
// program was expected and which was found is for the operator: no school can do
// anything with it.
func quarantine(name string, q *host.Quarantine) []*ui.Node {
	if q.Damage != nil {
		return []*ui.Node{ui.Banner(ui.Bad, "console.module.damaged", "module", name)}
	}
	var events []*ui.Event
	for i := len(q.Lines) - 1; i >= 0; i-- {
		events = append(events, logLine(q.Lines[i]))
	}
	nodes := []*ui.Node{ui.Banner(ui.Bad, "console.module.changed", "module", name, "when", ui.Time(q.At, ui.DateTime))}
	if !q.Changed() {
		nodes = []*ui.Node{ui.Banner(ui.Bad, "console.module.quarantine", "module", name, "when", ui.Time(q.At, ui.DateTime),
			"n", q.Limit.Crashes, "within", ui.T("console.minutes", "n", int(q.Limit.Within/time.Minute))),
			ui.Facts(&ui.Fact{Label: ui.T("console.module.reason"), Value: ui.S(q.Reason), Tone: ui.Bad})}
	}
	return append(nodes, ui.Section("console.module.lastwords", ui.Empty(ui.Timeline(events...), "console.module.logs.none", nil)))
}

// health shows how the module's process went on: memory, open descriptors,
// restarts.
func health(v *visit.Visit, samples []host.Sample) []*ui.Node {
	samples = thinned(samples)
	if len(samples) < 2 {
		return nil
	}
	var (
		at            []*ui.Words
		memory, files []float64
		first, last   = samples[0], samples[len(samples)-1]
		most          int64
	)
	for _, s := range samples {
		at = append(at, ui.T("console.health.at", "t", ui.Time(s.At, ui.Clock)))
		memory = append(memory, float64(s.RSS/(megabyte/10))/10)
		files = append(files, float64(s.FDs))
		most = max(most, s.RSS)
	}
	span := ui.T("console.minutes", "n", max(1, int(last.At.Sub(first.At).Round(time.Minute)/time.Minute)))
	return []*ui.Node{
		ui.Titled("console.health.memory", ui.LineChart(
			ui.T("console.health.memory.summary", "now", v.Say.Size(last.RSS), "most", v.Say.Size(most), "span", span),
			at, ui.SeriesOf("console.health.megabytes", memory...))),
		ui.Titled("console.health.files", ui.LineChart(
			ui.T("console.health.files.summary", "n", last.FDs, "span", span), at, ui.SeriesOf("console.health.open", files...))),
		ui.Facts(&ui.Fact{Label: ui.T("console.health.restarts"), Value: ui.T("console.times", "n", last.Restarts-first.Restarts)}),
	}
}

// thinned picks points that are evenly apart, the last one among them.
func thinned(samples []host.Sample) []host.Sample {
	if len(samples) <= shownSamples {
		return samples
	}
	out := make([]host.Sample, 0, shownSamples)
	for i := range shownSamples {
		out = append(out, samples[i*(len(samples)-1)/(shownSamples-1)])
	}
	return out
}
