package main

import (
	"time"

	"github.com/preau-ent/preau/sdk/ui"
)

// markDelay is after how long a parent sees a mark that their child has not
// looked at, when the school does not show marks to parents at once.
const markDelay = 7 * 24 * time.Hour

// parentSeesMark reports whether a parent sees the mark on c by now: at once if
// the school wants it so, else once the child has read the correction.
func parentSeesMark(cfg Settings, c *Copy, now time.Time) bool {
	p := c.Published()
	return p != nil && (cfg.ParentsSeeMarks || !c.FeedbackSeen.IsZero() || now.Sub(p.Published) >= markDelay)
}

// versionNodes shows what was handed in, the newest first; older versions are
// folded. base is the path of the copy. Withdrawn ones are shown when asked.
func versionNodes(c *Copy, base string, withdrawn bool) (nodes []*ui.Node) {
	latest := c.Latest()
	var older []*ui.Node
	for i := len(c.Versions) - 1; i >= 0; i-- {
		v := c.Versions[i]
		if !v.Withdrawn.IsZero() && !withdrawn {
			continue
		}
		node := ui.SectionOf(v.title(), v.nodes(base)...)
		if latest != nil && v.N == latest.N {
			nodes = append(nodes, node)
		} else {
			older = append(older, node)
		}
	}
	if len(older) > 0 {
		nodes = append(nodes, ui.Folded("devoirs.versions.older", older...))
	}
	return nodes
}

func (v Version) title() *ui.Words {
	key := "devoirs.version"
	switch {
	case !v.Withdrawn.IsZero():
		key = "devoirs.version.withdrawn"
	case v.Late:
		key = "devoirs.version.late"
	}
	return ui.T(key, "number", v.N, "date", ui.Time(v.At, ui.DateTime))
}

func (v Version) nodes(base string) (nodes []*ui.Node) {
	if v.Text != "" {
		nodes = append(nodes, ui.Markdown(v.Text))
	}
	if len(v.Files) > 0 {
		nodes = append(nodes, ui.FilesOf(fileCards(v.Files, base)...))
	}
	return nodes
}

// correctionNodes shows a correction and, below, the published ones before it.
// Nothing when there is none to show. marks says whether marks may be seen.
func correctionNodes(h *Homework, c *Copy, now *Correction, marks bool, locale string) (nodes []*ui.Node) {
	if now != nil {
		nodes = append(nodes, ui.Section("devoirs.correction", now.nodes(h, marks, locale)...))
	}
	if c == nil || len(c.Earlier) == 0 {
		return nodes
	}
	var events []*ui.Event
	for i := len(c.Earlier) - 1; i >= 0; i-- {
		e := c.Earlier[i]
		event := &ui.Event{
			When: ui.At(e.Published), Icon: ui.IconMark, Body: e.Feedback,
			Title: ui.T("devoirs.correction.by", "name", e.By, "date", ui.Time(e.Published, ui.DateTime)),
		}
		if e.Mark != nil && marks {
			event.Detail = ui.T("devoirs.mark", "mark", e.Mark.In(locale), "scale", h.Scale.In(locale))
		}
		events = append(events, event)
	}
	return append(nodes, ui.Folded("devoirs.correction.earlier", ui.Timeline(events...)))
}

func (c *Correction) nodes(h *Homework, marks bool, locale string) (nodes []*ui.Node) {
	if c.Mark != nil && marks {
		mark := ui.Indicator("devoirs.correction.mark", ui.T("devoirs.mark", "mark", c.Mark.In(locale), "scale", h.Scale.In(locale)))
		nodes = append(nodes, mark)
	}
	if c.Feedback != "" {
		nodes = append(nodes, ui.Markdown(c.Feedback))
	}
	if len(c.Points) > 0 && marks {
		nodes = append(nodes, baremeTable(h.Bareme, c.Points, locale))
	}
	at := c.Published
	if at.IsZero() {
		at = c.At
	}
	return append(nodes, ui.Text("devoirs.correction.by", "name", c.By, "date", ui.Time(at, ui.DateTime)))
}
