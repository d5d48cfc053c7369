package main

import (
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// maxVersions bounds how often one copy is handed in.
const maxVersions = 20

// mayHandIn says why a pupil may not hand in now, nil when they may. c may be nil.
func mayHandIn(h *Homework, c *Copy, now time.Time, cfg Settings) error {
	switch {
	case !h.HandIn:
		return errors.New(errors.Conflict, "devoirs.handin.off")
	case c != nil && c.Correction != nil:
		return errors.New(errors.Conflict, "devoirs.handin.corrected")
	case now.After(h.Due) && !cfg.LateHandIn:
		return errors.New(errors.Conflict, "devoirs.handin.closed")
	case c != nil && len(c.Versions) >= maxVersions:
		return errors.New(errors.Conflict, "devoirs.handin.many", "n", maxVersions)
	}
	return nil
}

// add appends a version; it is late when the due time is over, to the second.
func (c *Copy) add(h *Homework, text string, files []File, now time.Time) {
	c.Versions = append(c.Versions, Version{
		N: len(c.Versions) + 1, Text: text, Files: files, At: now, Late: now.After(h.Due),
	})
	if c.Ticked.IsZero() {
		c.Ticked = now
	}
}

// withdraw takes back everything handed in. The versions stay the pupil's; the
// teacher no longer sees them. Conflict once a correction was begun.
func (c *Copy) withdraw(now time.Time) error {
	if c.Latest() == nil {
		return errors.New(errors.Conflict, "devoirs.withdraw.none")
	}
	if c.Correction != nil {
		return errors.New(errors.Conflict, "devoirs.handin.corrected")
	}
	for i := range c.Versions {
		if c.Versions[i].Withdrawn.IsZero() {
			c.Versions[i].Withdrawn = now
		}
	}
	c.Ticked = time.Time{}
	return nil
}

// handIn takes a pupil's text and files as a new version.
func handIn(r *sdk.Request) (*sdk.Answer, error) {
	cfg, err := settingsOf(&r.Scope)
	if err != nil {
		return nil, err
	}
	h, c, err := myCopy(r)
	if err != nil {
		return nil, err
	}
	f := r.Fields()
	text := f.Text("texte", maxText)
	wrong, err := f.Faults()
	if err != nil {
		return nil, err
	}
	sent := r.Uploads("fichiers")
	if key := filesWrong(sent, 0, cfg); key != "" {
		wrong.Add("fichiers", errors.New(errors.TooLarge, key))
	}
	if text == "" && len(sent) == 0 {
		wrong.Add("texte", errors.New(errors.Invalid, "devoirs.handin.empty"))
	}
	refused := mayHandIn(h, c, r.Now(), cfg)
	if len(wrong) > 0 || refused != nil {
		return handInAgain(r, wrong, refused)
	}
	files, err := keepFiles(r, "fichiers")
	if err != nil {
		return nil, err
	}
	late, err := putVersion(r, h.ID, text, files, cfg)
	if err != nil {
		dropFiles(&r.Scope, files)
		if errors.KindOf(err) == errors.Conflict {
			return handInAgain(r, nil, err)
		}
		return nil, err
	}
	say := "devoirs.handed-in"
	if late {
		say = "devoirs.handed-in.late"
	}
	return sdk.GoTo("/devoir/" + h.ID).Say(say), nil
}

// handInAgain is the pupil's sheet with the form as it was sent.
func handInAgain(r *sdk.Request, wrong sdk.Faults, refused error) (*sdk.Answer, error) {
	page, err := pupilSheet(r, func(form *ui.Form) {
		wrong.Blame(ui.Blame(ui.Fill(form, r.PostForm), refused), "devoirs.form.refused")
	}, refused)
	if err != nil {
		return nil, err
	}
	return sdk.Again(page), nil
}

// putVersion stores the version if it still may be: what was true when the form
// was read may not be any more when the files are there.
func putVersion(r *sdk.Request, id, text string, files []File, cfg Settings) (late bool, err error) {
	touched, err := family(&r.Scope)
	if err != nil {
		return false, err
	}
	err = update(r, func(tx store.Tx) error {
		h, err := openForMe(tx, &r.Scope, id)
		if err != nil {
			return err
		}
		c, err := myCopyIn(tx, r.Viewer, h)
		if err != nil {
			return err
		}
		if err := mayHandIn(h, c, r.Now(), cfg); err != nil {
			return err
		}
		c.add(h, text, files, r.Now())
		late = c.Latest().Late
		if err := copies.Put(tx, c); err != nil {
			return err
		}
		return tx.Emit(eventHandedIn, Happened{h.ID, string(c.Pupil)}, append(touched, h.Author)...)
	})
	return late, err
}

// withdrawHandIn takes the viewer's hand-in back.
func withdrawHandIn(r *sdk.Request) (*sdk.Answer, error) {
	err := changeMine(r, eventChanged, func(_ *Homework, c *Copy) error { return c.withdraw(r.Now()) })
	if errors.KindOf(err) == errors.Conflict {
		return handInAgain(r, nil, err)
	}
	if err != nil {
		return nil, err
	}
	return sdk.GoTo("/devoir/" + r.PathValue("id")).Say("devoirs.withdrawn"), nil
}

// tick notes that the viewer did the homework, or that they did not.
func tick(r *sdk.Request) (*sdk.Answer, error) {
	done := r.FormValue("fait") != "non"
	err := changeMine(r, eventChanged, func(_ *Homework, c *Copy) error {
		switch {
		case !done:
			c.Ticked = time.Time{}
		case c.Ticked.IsZero():
			c.Ticked = r.Now()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	say := "devoirs.ticked"
	if !done {
		say = "devoirs.unticked"
	}
	back := "/devoir/" + r.PathValue("id")
	if r.FormValue("retour") == "liste" {
		back = "/"
	}
	return sdk.GoTo(back).Say(say), nil
}

// changeMine changes the viewer's own copy and emits the event.
func changeMine(r *sdk.Request, event string, change func(*Homework, *Copy) error) error {
	touched, err := family(&r.Scope)
	if err != nil {
		return err
	}
	return update(r, func(tx store.Tx) error {
		h, err := openForMe(tx, &r.Scope, r.PathValue("id"))
		if err != nil {
			return err
		}
		c, err := myCopyIn(tx, r.Viewer, h)
		if err != nil {
			return err
		}
		if err := change(h, c); err != nil {
			return err
		}
		if err := copies.Put(tx, c); err != nil {
			return err
		}
		return tx.Emit(event, Happened{h.ID, string(c.Pupil)}, append(touched, h.Author)...)
	})
}

// myCopy finds the homework of the request and the viewer's copy of it.
func myCopy(r *sdk.Request) (h *Homework, c *Copy, err error) {
	err = view(r, func(tx store.Tx) (err error) {
		if h, err = openForMe(tx, &r.Scope, r.PathValue("id")); err == nil {
			c, err = myCopyIn(tx, r.Viewer, h)
		}
		return err
	})
	return h, c, err
}

func myCopyIn(tx store.Tx, v *sdk.Viewer, h *Homework) (*Copy, error) {
	group, _ := h.groupOf(groupIDs(v.Groups))
	return copyOf(tx, h, v.Person, group)
}

// family is the viewer, a pupil, with their guardians: whose pages change when
// the pupil does something.
func family(s *sdk.Scope) ([]ids.PersonID, error) {
	me, err := s.Directory.People(s.Viewer.Person)
	if err != nil {
		return nil, err
	}
	touched := []ids.PersonID{s.Viewer.Person}
	for _, p := range me {
		touched = append(touched, p.Guardians...)
	}
	return touched, nil
}
