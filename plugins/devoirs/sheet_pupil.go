package main

import (
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// pupilSheet is a homework as its pupil sees it. The first look is noted, and
// so is the first look at a correction. change may alter the hand-in form;
// refused says on top why the last post changed nothing.
func pupilSheet(r *sdk.Request, change func(*ui.Form), refused error) (*ui.Page, error) {
	cfg, err := settingsOf(&r.Scope)
	if err != nil {
		return nil, err
	}
	h, c, err := myCopy(r)
	if err != nil {
		return nil, err
	}
	if c.Seen.IsZero() || c.Published() != nil && c.FeedbackSeen.IsZero() {
		if c, err = look(r, h); err != nil {
			return nil, err
		}
	}
	now := r.Now()
	page := sheetHead(h, now)
	if refused != nil {
		key, args := errors.Public(refused)
		page.Nodes = append(page.Nodes, ui.Banner(ui.Bad, key, args...))
	}
	words := statusWords[StatusOf(h, c, now)]
	status := ui.FactOf("devoirs.fact.status", ui.T(words.key))
	status.Tone = words.tone
	page.Nodes = append(page.Nodes, ui.Facts(append([]*ui.Fact{status}, facts(h, now)...)...))
	if c.Latest() == nil && r.Viewer.May("devoirs.handin") {
		page.Nodes = append(page.Nodes, ui.Tools(ui.Primary(toggle(h, c))))
		if h.HandIn {
			page.Nodes[len(page.Nodes)-1].GetToolbar().Actions[0].Primary = false
		}
	}
	page.Nodes = append(page.Nodes, correctionNodes(h, c, c.Published(), true, r.Viewer.Locale)...)
	if p := c.Published(); p != nil && len(p.Points) > 0 {
		page.Nodes = append(page.Nodes, task(h)...) // the correction shows the barème with its points
	} else {
		page.Nodes = append(page.Nodes, body(h, r.Viewer.Locale)...)
	}
	return withHandIn(r, page, h, c, cfg, change), nil
}

// withHandIn adds the pupil's own work: what they handed in, and the form.
func withHandIn(r *sdk.Request, page *ui.Page, h *Homework, c *Copy, cfg Settings, change func(*ui.Form)) *ui.Page {
	base := "/devoir/" + h.ID + "/copie/" + string(c.Pupil)
	var nodes []*ui.Node
	nodes = append(nodes, versionNodes(c, base, true)...)
	if c.Latest() != nil && c.Correction == nil && r.Viewer.May("devoirs.handin") {
		withdraw := ui.Confirm(ui.Button("/devoir/"+h.ID+"/retirer", "devoirs.withdraw"), "devoirs.withdraw.confirm")
		withdraw.Icon = ui.IconUndo
		nodes = append(nodes, ui.Tools(withdraw))
	}
	err := mayHandIn(h, c, r.Now(), cfg)
	switch {
	case !h.HandIn:
		return page
	case err != nil:
		key, args := errors.Public(err)
		nodes = append(nodes, ui.Text(key, args...))
	case r.Viewer.May("devoirs.handin"):
		if r.Now().After(h.Due) {
			nodes = append(nodes, ui.Banner(ui.Warn, "devoirs.handin.late"))
		}
		form := handInForm(h, c, cfg)
		if change != nil {
			change(form)
		}
		nodes = append(nodes, ui.FormOf(form))
	}
	section := ui.Section("devoirs.mywork", nodes...)
	section.Id = "copie"
	page.Nodes = append(page.Nodes, section)
	return page
}

func handInForm(h *Homework, c *Copy, cfg Settings) *ui.Form {
	submit := "devoirs.handin.submit"
	if c.Latest() != nil {
		submit = "devoirs.handin.again"
	}
	return ui.NewForm("/devoir/"+h.ID+"/rendre", submit,
		ui.MarkdownField("texte", "devoirs.handin.text", ui.Rows(6), ui.Max(maxText)),
		ui.FileField("fichiers", "devoirs.handin.files", ui.Several(), ui.Accept("", cfg.maxBytes(), true),
			ui.Help("devoirs.form.files.help", "n", maxFiles)),
	)
}

// look notes that the pupil saw the homework and, once published, the correction.
func look(r *sdk.Request, h *Homework) (c *Copy, err error) {
	touched, err := family(&r.Scope)
	if err != nil {
		return nil, err
	}
	err = update(r, func(tx store.Tx) error {
		if c, err = myCopyIn(tx, r.Viewer, h); err != nil {
			return err
		}
		if c.Seen.IsZero() {
			c.Seen = r.Now()
		}
		if c.Published() != nil && c.FeedbackSeen.IsZero() {
			c.FeedbackSeen = r.Now()
			if err := tx.Emit(eventChanged, Happened{h.ID, string(c.Pupil)}, touched...); err != nil {
				return err
			}
		}
		return copies.Put(tx, c)
	})
	return c, err
}

// familySheet is a homework as a parent sees it: the sheet, then each of their
// children it is for. Nothing on it changes anything.
func familySheet(r *sdk.Request, h *Homework) (*ui.Page, error) {
	cfg, err := settingsOf(&r.Scope)
	if err != nil {
		return nil, err
	}
	now := r.Now()
	page := sheetHead(h, now)
	page.Nodes = append(page.Nodes, ui.Facts(facts(h, now)...))
	page.Nodes = append(page.Nodes, body(h, r.Viewer.Locale)...)
	err = view(r, func(tx store.Tx) error {
		for _, child := range childrenOf(r.Viewer, h, now) {
			c, err := findCopy(tx, h, child.ID)
			if err != nil {
				return err
			}
			page.About = append(page.About, r.Viewer.About(child.ID)...)
			page.Nodes = append(page.Nodes, childSection(r, h, c, child, cfg))
		}
		return nil
	})
	return page, err
}

// childSection is one child's side of the homework.
func childSection(r *sdk.Request, h *Homework, c *Copy, child sdk.Child, cfg Settings) *ui.Node {
	words := statusWords[StatusOf(h, c, r.Now())]
	status := ui.FactOf("devoirs.fact.child", ui.T(words.key))
	status.Tone, status.About = words.tone, r.Viewer.About(child.ID)
	nodes := []*ui.Node{ui.Facts(status)}
	marks := parentSeesMark(cfg, c, r.Now())
	nodes = append(nodes, correctionNodes(h, c, c.Published(), marks, r.Viewer.Locale)...)
	if c != nil {
		nodes = append(nodes, versionNodes(c, "/devoir/"+h.ID+"/copie/"+string(child.ID), false)...)
	}
	return ui.SectionOf(ui.T("devoirs.child", "name", child.FirstName), nodes...)
}
