package main

import (
	"slices"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
)

// Lens is what part of all calendars somebody looks at.
type Lens struct {
	Key       string     // the value of ?agenda=, "" for everything of mine
	Calendars []Calendar // all of which the viewer reads
	Others    bool       // with what other modules offer
	pupils    []sdk.Child
	teacher   ids.PersonID // whose lessons alone are kept
	shown     func(*Entry) bool
}

// Values of ?agenda= besides a group's calendar.
const (
	onlyMine   = "moi"
	onlySchool = "etablissement"
)

// lensOf returns what the key names, NotFound when the viewer may not see it.
func lensOf(v *sdk.Viewer, key string, now time.Time) (*Lens, error) {
	shown := func(e *Entry) bool { return e.shownTo(v, now) }
	switch key {
	case "":
		return mine(v, now), nil
	case onlyMine:
		return &Lens{Key: key, Calendars: []Calendar{PersonalOf(v.Person)}, shown: shown}, nil
	case onlySchool:
		return &Lens{Key: key, Calendars: []Calendar{Everyone}, shown: shown}, nil
	}
	c := Calendar(key)
	if _, ok := c.Group(); !ok || !reads(v, c) {
		return nil, gone()
	}
	return &Lens{Key: key, Calendars: []Calendar{c}, pupils: v.Pupils(), shown: shown}, nil
}

// mine is everything that concerns the viewer: of a teacher's classes only what
// is theirs or for all, of a parent's the chosen child or all children.
func mine(v *sdk.Viewer, now time.Time) *Lens {
	l := &Lens{Calendars: []Calendar{PersonalOf(v.Person), Everyone}, Others: true, pupils: v.Pupils()}
	l.shown = func(e *Entry) bool { return e.shownTo(v, now) }
	groups := v.Groups
	if v.Profile == ids.Parent {
		for _, c := range l.pupils {
			groups = append(groups, c.Groups...)
		}
	}
	if v.Profile == ids.Enseignant {
		l.teacher = v.Person
	}
	for _, g := range groups {
		if c := GroupOf(g.ID); !slices.Contains(l.Calendars, c) {
			l.Calendars = append(l.Calendars, c)
		}
	}
	return l
}

// keep reports whether an entry of one of the calendars is shown.
func (l *Lens) keep(e *Entry) bool {
	if !l.shown(e) {
		return false
	}
	if l.teacher == "" || e.Author == l.teacher || slices.Contains(e.Teachers, l.teacher) {
		return true
	}
	return !e.Lesson && len(e.Teachers) == 0
}

// children returns whose among the pupils looked at the entry is; nil for what
// is the viewer's own or everybody's.
func (l *Lens) children(e *Entry) (children []ids.PersonID) {
	g, ok := e.Calendar.Group()
	if !ok {
		return nil
	}
	for _, c := range l.pupils {
		if c.In(g) {
			children = append(children, c.ID)
		}
	}
	return children
}

// key is the path of a calendar's page, the school's under its own name.
func (l *Lens) key() string {
	if l.Key == string(Everyone) {
		return (&Lens{Key: onlySchool}).path()
	}
	return l.path()
}

// path is the page's address with the lens in it.
func (l *Lens) path() string {
	if l.Key == "" {
		return "/"
	}
	return "/?agenda=" + strings.ReplaceAll(l.Key, ":", "%3A")
}
