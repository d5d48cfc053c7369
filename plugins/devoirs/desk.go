package main

import (
	"strconv"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// desk is what lies before the teacher who corrects: one pupil's copy, and
// whose comes next.
type desk struct {
	h     *Homework
	c     *Copy
	pupil sdk.Person
	group ids.GroupID
	next  ids.PersonID // a copy that waits to be corrected; empty: none
}

// mine finds the homework of the request, which the viewer must have set.
func mine(r *sdk.Request) (h *Homework, err error) {
	err = view(r, func(tx store.Tx) (err error) {
		h, err = openMine(tx, &r.Scope, r.PathValue("id"))
		return err
	})
	return h, err
}

// openDesk finds the copy a request is about. The pupil must be one the
// homework is for, or have handed something in before they left the class.
func openDesk(r *sdk.Request) (*desk, error) {
	h, err := mine(r)
	if err != nil {
		return nil, err
	}
	a, err := audienceOf(&r.Scope, h)
	if err != nil {
		return nil, err
	}
	d := &desk{h: h}
	id := ids.PersonID(r.PathValue("eleve"))
	pupil, there := a.pupil(id)
	d.group = a.groups[id]
	err = view(r, func(tx store.Tx) error {
		list, err := copiesOf(tx, h)
		if err != nil {
			return err
		}
		d.c = list[id]
		d.next = waiting(a, list, id)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if !there && d.c == nil {
		return nil, gone()
	}
	if !there {
		if pupil, err = r.Directory.Person(id); errors.KindOf(err) == errors.NotFound {
			pupil, err = sdk.Person{ID: id}, nil // left the school
		}
	}
	d.pupil = pupil
	return d, err
}

// waiting returns the pupil after this one, by name, whose copy waits to be
// corrected, beginning again at the top.
func waiting(a *audience, list map[ids.PersonID]*Copy, after ids.PersonID) ids.PersonID {
	order := a.ids()
	for i, p := range order {
		if p == after {
			order = append(order[i+1:len(order):len(order)], order[:i]...)
			break
		}
	}
	for _, p := range order {
		if c := list[p]; p != after && c.Latest() != nil && c.Correction == nil {
			return p
		}
	}
	return ""
}

// deskPage shows one pupil's copy to be corrected.
func deskPage(r *sdk.Request) (*ui.Page, error) {
	d, err := openDesk(r)
	if err != nil {
		return nil, err
	}
	return d.page(r, d.form(r)), nil
}

func (d *desk) page(r *sdk.Request, form *ui.Form) *ui.Page {
	base := "/devoir/" + d.h.ID
	page := ui.PageOf(d.name())
	page.Subtitle = ui.T("devoirs.line", "subject", d.h.Subject, "due", d.h.Title)
	page.Crumbs = []*ui.Link{ui.To("/", "devoirs.title"), {Path: base + "?onglet=suivi", Label: ui.S(d.h.Title)}}
	if d.next != "" {
		page.Nodes = append(page.Nodes, ui.Toolbar(nil, ui.WithIcon(ui.IconForward, ui.To(base+"/copie/"+string(d.next), "devoirs.desk.next"))))
	}
	var work []*ui.Node
	if d.c != nil {
		work = versionNodes(d.c, base+"/copie/"+string(d.pupil.ID), false)
	}
	if len(work) == 0 {
		work = append(work, ui.Text("devoirs.desk.nothing"))
	}
	page.Nodes = append(page.Nodes, ui.Section("devoirs.desk.work", work...))
	page.Nodes = append(page.Nodes, ui.Section("devoirs.desk.correct", d.correct(r, form)...))
	page.Nodes = append(page.Nodes, correctionNodes(d.h, d.c, nil, true, r.Viewer.Locale)...)
	return page
}

func (d *desk) correct(r *sdk.Request, form *ui.Form) (nodes []*ui.Node) {
	if c := d.c.Published(); c != nil {
		nodes = append(nodes, ui.Banner(ui.Ok, "devoirs.desk.published", "date", ui.Time(c.Published, ui.DateTime)))
	} else if d.c != nil && d.c.Correction != nil {
		nodes = append(nodes, ui.Banner(ui.Info, "devoirs.desk.draft"))
	}
	if d.c != nil && d.c.Correction != nil && d.c.Correction.Mark != nil {
		nodes = append(nodes, ui.Indicator("devoirs.correction.mark",
			ui.T("devoirs.mark", "mark", d.c.Correction.Mark.In(r.Viewer.Locale), "scale", d.h.Scale.In(r.Viewer.Locale))))
	}
	nodes = append(nodes, ui.FormOf(form))
	if d.c != nil && d.c.Correction != nil && d.h.HandIn {
		reopen := ui.Button(d.path()+"/rouvrir", "devoirs.reopen")
		reopen.Icon = ui.IconUnlock
		nodes = append(nodes, ui.Tools(ui.Confirm(reopen, "devoirs.reopen.confirm", "name", d.pupil.Name)))
	}
	return nodes
}

// form is the correction's, filled in from what was saved.
func (d *desk) form(r *sdk.Request) *ui.Form {
	saved := &Correction{}
	if d.c != nil && d.c.Correction != nil {
		saved = d.c.Correction
	}
	locale := r.Viewer.Locale
	form := ui.NewForm(d.path()+"/corriger", "devoirs.desk.publish",
		ui.MarkdownField("appreciation", "devoirs.desk.feedback", ui.Rows(6), ui.Max(maxText), ui.Value(saved.Feedback)))
	for i, c := range d.h.Bareme {
		field := ui.NumberField(criterionField(i), "", outOf(c.Max, locale))
		field.Label = ui.S(c.Label)
		if i < len(saved.Points) {
			ui.Number(saved.Points[i].float())(field)
		}
		form.Fields = append(form.Fields, field)
	}
	if len(d.h.Bareme) == 0 {
		field := ui.NumberField("note", "devoirs.desk.mark", outOf(d.h.Scale, locale), ui.Help("devoirs.desk.mark.help"))
		if saved.Mark != nil {
			ui.Number(saved.Mark.float())(field)
		}
		form.Fields = append(form.Fields, field)
	}
	ui.Carry(form, map[string]string{"version": strconv.Itoa(d.version())})
	if d.c.Published() == nil {
		ui.Also(form, "garder", "1", "devoirs.desk.save")
	}
	return ui.Cancel(form, "/devoir/"+d.h.ID+"?onglet=suivi", "devoirs.cancel")
}

// outOf bounds a field of points and says so after it: "/ 4".
func outOf(most Points, locale string) ui.FieldOption {
	return ui.Between(0, most.float(), 0, "/\u00a0"+most.In(locale))
}

// version is the number of the version to correct, 0 when nothing was handed in.
func (d *desk) version() int {
	if v := d.c.Latest(); v != nil {
		return v.N
	}
	return 0
}

func (d *desk) path() string { return "/devoir/" + d.h.ID + "/copie/" + string(d.pupil.ID) }

func (d *desk) name() *ui.Words {
	if d.pupil.Name == "" {
		return ui.T("devoirs.target.gone")
	}
	return ui.S(d.pupil.Name)
}
