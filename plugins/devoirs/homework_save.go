package main

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// saveHomework takes the posted form of a new homework or of one to edit.
func saveHomework(r *sdk.Request) (*sdk.Answer, error) {
	form, err := openForm(r)
	if err != nil {
		return nil, err
	}
	draft := r.FormValue("brouillon") != "" && (form.was.ID == "" || form.was.Draft)
	wrong, err := form.read(r, draft)
	if err != nil {
		return nil, err
	}
	if err := form.schedule(r, wrong); err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return sdk.Again(form.page(form.again(r, wrong))), nil
	}
	if err := form.save(r); err != nil {
		if errors.KindOf(err) != errors.Conflict {
			return nil, err
		}
		return sdk.Again(form.page(ui.Blame(form.again(r, nil), err))), nil
	}
	say := "devoirs.saved"
	switch {
	case draft:
		say = "devoirs.saved.draft"
	case form.was.ID == "" || form.was.Draft:
		say = "devoirs.saved.published"
	}
	return form.saved(r, say), nil
}

// saved goes to what was stored; of what is not shown yet it says when it will be.
func (s *sheetForm) saved(r *sdk.Request, say string) *sdk.Answer {
	to := sdk.GoTo("/devoir/" + s.h.ID)
	if s.h.Draft || s.h.Shown(r.Now()) {
		return to.Say(say)
	}
	return to.Say("devoirs.saved.later", "at", ui.Time(s.h.VisibleFrom, ui.DateTime))
}

// openForm returns the form that a request is about, from its path, or from the
// model it names.
func openForm(r *sdk.Request) (*sheetForm, error) {
	h, path := &Homework{HandIn: true}, "/nouveau"
	model := r.FormValue("modele")
	id := r.PathValue("id")
	err := view(r, func(tx store.Tx) (err error) {
		switch {
		case id != "":
			path = "/devoir/" + id + "/modifier"
			h, err = openMine(tx, &r.Scope, id)
		case model != "":
			var m *Model
			if m, err = openModel(tx, &r.Scope, model); err == nil {
				h = m.homework()
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	form, err := newSheetForm(r, path, h)
	if err == nil && id == "" {
		form.from = model
	}
	return form, err
}

// save stores what was read: files first, then everything in one transaction.
// When that is refused the new files go again.
func (s *sheetForm) save(r *sdk.Request) error {
	h := s.h
	now := r.Now()
	if h.ID == "" {
		h.Author, h.AuthorName, h.Created = r.Viewer.Person, r.Viewer.Name, now
	} else if seen := r.FormValue("etat"); seen != "" && seen != s.was.state() {
		return errors.New(errors.Conflict, "devoirs.changed.meanwhile")
	}
	h.Changed = now
	a, err := audienceOf(&r.Scope, h)
	if err != nil {
		return err
	}
	fresh, err := s.store(r)
	if err != nil {
		return err
	}
	tell := false
	err = update(r, func(tx store.Tx) error {
		h.Announced, h.Told = s.was.Announced, s.was.Told
		if s.was.ID != "" {
			if err := s.settle(tx, &r.Scope); err != nil {
				return err
			}
		}
		if tell = !h.Draft && h.Announced.IsZero(); tell {
			h.Told = now
		}
		if err := put(tx, h); err != nil {
			return err
		}
		if out, err := announceIn(tx, &r.Scope, h, a); err != nil || out || h.Draft {
			return err
		}
		return tx.Emit(eventChanged, Happened{Homework: h.ID}, a.touched(h)...)
	})
	if err != nil {
		dropFiles(&r.Scope, fresh)
		return err
	}
	if s.was.ID != "" {
		dropFiles(&r.Scope, without(s.was.Files, h.Files))
	}
	if tell {
		if !s.was.Told.IsZero() {
			untell(&r.Scope, h) // it may have been for others, or for another day
		}
		tellPublished(&r.Scope, h, a)
	}
	return nil
}

// store keeps the sent files, and copies of the model's for a new homework. It
// returns those that are new.
func (s *sheetForm) store(r *sdk.Request) (fresh []File, err error) {
	if s.from != "" {
		if fresh, err = copyFiles(&r.Scope, s.h.Files); err != nil {
			return nil, err
		}
		s.h.Files = nil
	}
	sent, err := keepFiles(r, "fichiers")
	if err != nil {
		dropFiles(&r.Scope, fresh)
		return nil, err
	}
	fresh = append(fresh, sent...)
	s.h.Files = append(slices.Clone(s.h.Files), fresh...)
	return fresh, nil
}

// settle checks h against what is stored by now and brings its copies in line.
func (s *sheetForm) settle(tx store.Tx, scope *sdk.Scope) error {
	stored, err := openMine(tx, scope, s.h.ID)
	if err != nil {
		return err
	}
	if stored.state() != s.was.state() {
		return errors.New(errors.Conflict, "devoirs.changed.meanwhile")
	}
	s.h.Announced = stored.Announced
	remark := s.h.Scale != stored.Scale || !slices.Equal(s.h.Bareme, stored.Bareme)
	list, err := copiesOf(tx, stored)
	if err != nil {
		return err
	}
	for _, c := range list {
		if remark && (c.Correction != nil || len(c.Earlier) > 0) {
			return errors.New(errors.Conflict, "devoirs.scale.locked")
		}
		if c.forgive(s.h.Due) {
			if err := copies.Put(tx, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// state names what h was when a form was drawn, so that a second window does
// not undo the first one's work unseen.
func (h *Homework) state() string { return h.Changed.UTC().Format(time.RFC3339Nano) }

// forgive takes "late" back from versions that a later due time makes punctual;
// an earlier one never makes anybody late. It reports whether something changed.
func (c *Copy) forgive(due time.Time) (changed bool) {
	for i, v := range c.Versions {
		if v.Late && !v.At.After(due) {
			c.Versions[i].Late, changed = false, true
		}
	}
	return changed
}

// page puts the form on its page.
func (s *sheetForm) page(form *ui.Form) *ui.Page {
	title := "devoirs.new"
	crumbs := []*ui.Link{ui.To("/", "devoirs.title")}
	if s.was.ID != "" {
		title = "devoirs.edit"
		crumbs = append(crumbs, &ui.Link{Path: "/devoir/" + s.was.ID, Label: ui.S(s.was.Title)})
	}
	page := ui.NewPage(title, ui.FormOf(form))
	if len(s.offer.groups) == 0 {
		page.Nodes = append([]*ui.Node{ui.Banner(ui.Warn, "devoirs.target.none")}, page.Nodes...)
	}
	page.Crumbs = crumbs
	return page
}

// formPage shows the form of a new homework or of one to edit.
func formPage(r *sdk.Request) (*ui.Page, error) {
	form, err := openForm(r)
	if err != nil {
		return nil, err
	}
	if form.was.ID == "" {
		form.suggest(r)
	}
	return form.page(form.draw(r)), nil
}
