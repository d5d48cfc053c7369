package main

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Homework is what a teacher sets: the sheet, whom it is for, and until when.
type Homework struct {
	ID           string         `json:"id"`
	Title        string         `json:"title"`
	Subject      string         `json:"subject"`
	Instructions string         `json:"instructions,omitempty"` // Markdown
	Files        []File         `json:"files,omitempty"`
	Author       ids.PersonID   `json:"author"`
	AuthorName   string         `json:"author_name"`
	Groups       []Group        `json:"groups,omitempty"`
	Pupils       []ids.PersonID `json:"pupils,omitempty"` // named one by one
	Due          time.Time      `json:"due"`
	VisibleFrom  time.Time      `json:"visible_from,omitzero"` // zero: as soon as published
	Wanted       time.Time      `json:"wanted,omitzero"`       // when it was to be seen, had the school's hours not moved it
	HandIn       bool           `json:"hand_in"`
	Scale        Points         `json:"scale"` // the mark is out of this
	Bareme       Bareme         `json:"bareme,omitempty"`
	Draft        bool           `json:"draft,omitempty"`
	Urgent       bool           `json:"urgent,omitempty"`   // published whatever the school's hours
	Told         time.Time      `json:"told,omitzero"`      // when the core was asked to tell those it is for
	Announced    time.Time      `json:"announced,omitzero"` // when it was shown, and other modules heard
	Deleted      time.Time      `json:"deleted,omitzero"`   // in the bin since
	Bare         bool           `json:"bare,omitempty"`     // its copies are erased: their time is over
	Created      time.Time      `json:"created"`
	Changed      time.Time      `json:"changed"`
}

// Group is a class or group the homework is for. Size is how many pupils it had
// when the homework was last saved: rates need no look-up of people.
type Group struct {
	ID   ids.GroupID `json:"id"`
	Name string      `json:"name"`
	Size int         `json:"size"`
}

// File is a stored file as the module remembers it.
type File struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Size int64  `json:"size"` // bytes
	MIME string `json:"mime"`
}

// homework holds every sheet of a school. "for" finds what is due for a group
// or a pupil and leaves out drafts and the bin, so that a list drawn from it
// cannot show them; "announce" holds what was published but not yet told;
// "until" orders all by when something of it is to be erased.
var homework = store.NewCollection("homework",
	store.Index("author", func(h *Homework) store.Key { return store.K(h.Author, h.Due) }),
	store.IndexMany("for", func(h *Homework) (keys []store.Key) {
		if !h.published() {
			return nil
		}
		for _, g := range h.Groups {
			keys = append(keys, store.K("group", g.ID, h.Due))
		}
		for _, p := range h.Pupils {
			keys = append(keys, store.K("pupil", p, h.Due))
		}
		return keys
	}),
	store.Index("until", func(h *Homework) store.Key { return store.K(h.keptUntil()) }),
	store.Index("announce", func(h *Homework) store.Key {
		if !h.published() || !h.Announced.IsZero() {
			return nil
		}
		return store.K(h.VisibleFrom)
	}),
)

func (h *Homework) published() bool { return !h.Draft && h.Deleted.IsZero() }

// Shown reports whether those the homework is for may see it at that moment.
func (h *Homework) Shown(now time.Time) bool {
	return h.published() && !now.Before(h.VisibleFrom)
}

// Past reports whether the day it is due for is over, in now's time zone.
func (h *Homework) Past(now time.Time) bool { return h.Due.Before(midnight(now)) }

// groupOf returns the group through which the homework reaches somebody of
// these groups.
func (h *Homework) groupOf(groups []ids.GroupID) (ids.GroupID, bool) {
	for _, g := range h.Groups {
		if slices.Contains(groups, g.ID) {
			return g.ID, true
		}
	}
	return "", false
}

// file returns the attached file with this id.
func (h *Homework) file(id string) (File, bool) { return fileIn(h.Files, id) }

func fileIn(files []File, id string) (File, bool) {
	i := slices.IndexFunc(files, func(f File) bool { return f.ID == id })
	if i < 0 {
		return File{}, false
	}
	return files[i], true
}

// midnight is the beginning of t's day, in t's own time zone.
func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
