package main

import (
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Copy is one pupil's side of one homework: that they saw it, ticked it, handed
// something in, and what the teacher answered. It exists from the first of these.
type Copy struct {
	ID           string       `json:"id"` // copyID
	Homework     string       `json:"homework"`
	Pupil        ids.PersonID `json:"pupil"`
	Group        ids.GroupID  `json:"group,omitempty"` // through which it reached them; empty: by name
	Teacher      ids.PersonID `json:"teacher"`         // who set it
	Seen         time.Time    `json:"seen,omitzero"`
	Ticked       time.Time    `json:"ticked,omitzero"`
	Versions     []Version    `json:"versions,omitempty"` // oldest first
	Correction   *Correction  `json:"correction,omitempty"`
	Earlier      []Correction `json:"earlier,omitempty"`      // of versions before the copy was reopened
	FeedbackSeen time.Time    `json:"feedback_seen,omitzero"` // when the pupil first read the correction
}

// Version is one hand-in. None is ever overwritten; a withdrawn one is the
// pupil's alone.
type Version struct {
	N         int       `json:"n"` // from 1
	Text      string    `json:"text,omitempty"`
	Files     []File    `json:"files,omitempty"`
	At        time.Time `json:"at"`
	Late      bool      `json:"late,omitempty"`
	Withdrawn time.Time `json:"withdrawn,omitzero"`
}

// Correction is the teacher's answer to a copy: the pupil sees it once published.
type Correction struct {
	Version   int       `json:"version"`            // the one corrected; 0: nothing was handed in
	Feedback  string    `json:"feedback,omitempty"` // Markdown
	Mark      *Points   `json:"mark,omitempty"`     // out of the homework's scale; nil: no mark
	Points    []Points  `json:"points,omitempty"`   // for each criterion of the barème
	By        string    `json:"by"`
	At        time.Time `json:"at"`
	Published time.Time `json:"published,omitzero"`
}

// copies holds every pupil's side. "to-correct" holds what waits for a teacher,
// "homework" finds a sheet's copies, "pupil" a pupil's.
var copies = store.NewCollection("copies",
	store.Index("homework", func(c *Copy) store.Key { return store.K(c.Homework, c.Pupil) }),
	store.Index("pupil", func(c *Copy) store.Key { return store.K(c.Pupil, c.Homework) }),
	store.Index("to-correct", func(c *Copy) store.Key {
		if c.Latest() == nil || c.Correction != nil {
			return nil
		}
		return store.K(c.Teacher, c.Homework)
	}),
)

// copyID names a pupil's copy of a homework: there is never more than one.
func copyID(homework string, pupil ids.PersonID) string { return homework + "." + string(pupil) }

// Latest returns the version that counts: the last that was not withdrawn, nil
// when there is none.
func (c *Copy) Latest() *Version {
	if c == nil {
		return nil
	}
	for i := len(c.Versions) - 1; i >= 0; i-- {
		if c.Versions[i].Withdrawn.IsZero() {
			return &c.Versions[i]
		}
	}
	return nil
}

// Done reports whether the pupil ticked the homework or handed something in.
func (c *Copy) Done() bool { return c != nil && (!c.Ticked.IsZero() || c.Latest() != nil) }

// Published returns the correction when the pupil may see it, else nil.
func (c *Copy) Published() *Correction {
	if c == nil || c.Correction == nil || c.Correction.Published.IsZero() {
		return nil
	}
	return c.Correction
}

// file returns a file of a version; withdrawn versions count only when asked.
func (c *Copy) file(id string, withdrawn bool) (File, bool) {
	for _, v := range c.Versions {
		if f, ok := fileIn(v.Files, id); ok && (withdrawn || v.Withdrawn.IsZero()) {
			return f, true
		}
	}
	return File{}, false
}
