package main

import (
	"cmp"
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// assigned is one homework of one pupil, with their copy, which may be nil.
type assigned struct {
	h     *Homework
	c     *Copy
	pupil sdk.Child
}

// assignedTo returns what the viewer, a pupil or a parent, may see of what is
// due from..to: a parent's by child, everything by due time.
func assignedTo(tx store.Tx, v *sdk.Viewer, from, to, now time.Time) (list []assigned, err error) {
	for _, pupil := range v.Pupils() {
		seen := map[string]bool{}
		collect := func(parts ...any) error {
			first, last := append(slices.Clone(parts), from), append(slices.Clone(parts), to)
			for h, err := range homework.Range(tx, "for", store.From(first...), store.To(last...)) {
				if err != nil {
					return err
				}
				if seen[h.ID] || !h.Shown(now) {
					continue
				}
				seen[h.ID] = true
				c, err := findCopy(tx, h, pupil.ID)
				if err != nil {
					return err
				}
				list = append(list, assigned{h, c, pupil})
			}
			return nil
		}
		if err := collect("pupil", pupil.ID); err != nil {
			return nil, err
		}
		for _, g := range pupil.Groups {
			if err := collect("group", g.ID); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(list, func(a, b assigned) int {
		return cmp.Or(a.h.Due.Compare(b.h.Due), cmp.Compare(a.h.ID, b.h.ID))
	})
	return list, nil
}

// about names the child, for a parent.
func (a assigned) about(v *sdk.Viewer) []*ui.About { return v.About(a.pupil.ID) }

// check shows the homework as a line to tick; only the pupil may tick it, and
// what was handed in is done without. The detail says when it is due, as people
// say it.
func (a assigned) check(v *sdk.Viewer, now time.Time) *ui.Check {
	status := StatusOf(a.h, a.c, now)
	words := statusWords[status]
	line := &ui.Check{
		Title:  ui.S(a.h.Title),
		Detail: ui.T("devoirs.line", "subject", a.h.Subject, "due", dueExactly(a.h.Due, now)),
		Done:   status >= Ticked,
		Link:   &ui.Link{Path: "/devoir/" + a.h.ID, Icon: subjectIcon(a.h.Subject)},
		About:  a.about(v),
	}
	switch {
	case status == ToDo && a.h.HandIn:
		line.Badge, line.Tone = ui.T("devoirs.badge.handin"), dayTone(a.h.Due, now)
	case status == ToDo:
		line.Tone = dayTone(a.h.Due, now)
	default:
		line.Badge, line.Tone = ui.T(words.key), words.tone
	}
	if v.May("devoirs.handin") && v.Person == a.pupil.ID && a.c.Latest() == nil {
		line.Toggle = toggle(a.h, a.c)
		line.Toggle.Values["retour"] = "liste"
	}
	return line
}

// toggle is the button that ticks a homework or takes the tick back.
func toggle(h *Homework, c *Copy) *ui.Action {
	path := "/devoir/" + h.ID + "/cocher"
	if c != nil && !c.Ticked.IsZero() {
		return ui.Button(path, "devoirs.untick", "fait", "non")
	}
	return ui.Button(path, "devoirs.tick", "fait", "oui")
}
