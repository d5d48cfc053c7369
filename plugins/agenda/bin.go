package main

import (
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// deletePage asks how much to delete.
func deletePage(r *sdk.Request) (*ui.Page, error) {
	f, err := openForm(r)
	if err != nil {
		return nil, err
	}
	form := ui.NewForm("/entree/"+f.series.ID+"/supprimer", "agenda.delete")
	if f.one.repeats() {
		form.Fields = append(form.Fields, scopeField("agenda.delete.scope"))
	}
	ui.Carry(form, map[string]string{"fois": unixWord(f.one.From), "etat": f.series.state()})
	ui.Cancel(ui.Loses(form), f.one.path(), "agenda.form.cancel")
	page := ui.NewPage("agenda.delete.title", ui.Facts(f.one.facts(r.Viewer, r.Now())...), ui.Text("agenda.delete.help", "n", binDays), ui.FormOf(form))
	page.Crumbs = []*ui.Link{ui.To("/", "agenda.title"), ui.ToOf(f.one.path(), ui.S(f.series.Title))}
	return page, nil
}

// deleteEntry deletes, and leads to where it can come back from.
func deleteEntry(r *sdk.Request) (*sdk.Answer, error) {
	f, err := openForm(r)
	if err != nil {
		return nil, err
	}
	people, err := touched(&r.Scope, f.series.Calendar)
	if err != nil {
		return nil, err
	}
	var removed []*Entry
	err = r.Store.Update(r.Context(), func(tx store.Tx) error {
		e, err := openMine(tx, &r.Scope, f.cfg, f.series.ID)
		if err != nil {
			return err
		}
		if seen := r.FormValue("etat"); seen != "" && seen != e.state() {
			return errors.New(errors.Conflict, "agenda.changed.meanwhile")
		}
		o, there := chosen(r, e)
		if !there {
			return gone()
		}
		if removed, err = remove(tx, r.Viewer, o, scopeOf(r, o), r.Now()); err != nil {
			return err
		}
		return tx.Emit(eventChanged, Changed{e.Calendar, e.ID}, people...)
	})
	if err != nil {
		return nil, err
	}
	untell(&r.Scope, removed...)
	return sdk.GoTo("/corbeille").Say("agenda.deleted", "n", binDays), nil
}

// binPage lists what the viewer deleted, the latest first.
func binPage(r *sdk.Request) (*ui.Page, error) {
	var items []*ui.Item
	err := r.Store.Update(r.Context(), func(tx store.Tx) error {
		items = nil
		if err := emptyBin(tx, r.Viewer, r.Now()); err != nil {
			return err
		}
		for d, err := range removals.Range(tx, "by", store.Prefix(r.Viewer.Person), store.Reverse(), store.Limit(200)) {
			if err != nil {
				return err
			}
			items = append(items, d.item(r))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	page := ui.NewPage("agenda.bin", ui.Text("agenda.bin.help", "n", binDays),
		ui.Empty(ui.List(items...), "agenda.bin.empty", ui.To("/", "agenda.bin.back")))
	page.Crumbs = []*ui.Link{ui.To("/", "agenda.title")}
	return page, nil
}

// item is a removal in the list, with the way back.
func (d *Removal) item(r *sdk.Request) *ui.Item {
	back := ui.Button("/corbeille/"+d.ID+"/retablir", "agenda.restore")
	back.Icon = ui.IconUndo
	item := &ui.Item{
		Title: ui.S(d.Title), Icon: ui.IconDelete, Actions: []*ui.Action{back},
		Detail: ui.T("agenda.bin.line", "date", ui.Time(d.When.In(r.Viewer.TimeZone), ui.DateTime), "whose", d.Before[0].whose()),
	}
	switch {
	case d.Repeats && d.Scope == ThisOne:
		item.Badge = ui.T("agenda.scope.one")
	case d.Repeats && d.Scope == Following:
		item.Badge = ui.T("agenda.scope.following")
	case d.Repeats:
		item.Badge = ui.T("agenda.scope.all")
	}
	return item
}

// restoreEntry takes something out of the bin.
func restoreEntry(r *sdk.Request) (*sdk.Answer, error) {
	cfg, err := settingsOf(&r.Scope)
	if err != nil {
		return nil, err
	}
	id := r.PathValue("id")
	var d *Removal
	err = r.Store.View(r.Context(), func(tx store.Tx) (err error) {
		d, err = openRemoval(tx, r.Viewer, cfg, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	people, err := touched(&r.Scope, d.Calendar)
	if err != nil {
		return nil, err
	}
	err = r.Store.Update(r.Context(), func(tx store.Tx) error {
		d, err := openRemoval(tx, r.Viewer, cfg, id)
		if err != nil {
			return err
		}
		if err := d.restore(tx, r.Now()); err != nil {
			return err
		}
		return tx.Emit(eventChanged, Changed{d.Calendar, d.Before[0].ID}, people...)
	})
	if err != nil {
		return nil, err
	}
	o, _ := d.Before[0].at(d.When.Unix())
	if d.Scope == Whole {
		o.tell(r.Context(), &r.Scope, nil, nil, o.Entry)
	}
	return sdk.GoTo(o.path()).Say("agenda.restored"), nil
}
