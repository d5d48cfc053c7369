package main

import (
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// maxModels is how many models or barèmes one teacher keeps.
const maxModels = 200

// openModel finds one of the viewer's models, else NotFound.
func openModel(tx store.Tx, s *sdk.Scope, id string) (*Model, error) {
	m, err := models.Get(tx, id)
	if errors.KindOf(err) == errors.NotFound || err == nil && m.Owner != s.Viewer.Person {
		return nil, gone()
	}
	return m, err
}

// modelList shows the viewer's models of homework.
func modelList(r *sdk.Request) (*ui.Page, error) {
	var list []*Model
	err := view(r, func(tx store.Tx) (err error) {
		list, err = all(models.Range(tx, "owner", store.Prefix(r.Viewer.Person)))
		return err
	})
	if err != nil {
		return nil, err
	}
	items := make([]*ui.Item, len(list))
	for i, m := range list {
		items[i] = &ui.Item{
			Title: ui.S(m.Title), Detail: ui.S(m.Subject), Icon: subjectIcon(m.Subject),
			Link: ui.To("/nouveau?modele="+m.ID, "devoirs.model.use"),
			Actions: []*ui.Action{iconed(ui.IconDelete,
				ui.Danger(ui.Button("/modeles/"+m.ID+"/supprimer", "devoirs.model.delete"), "devoirs.model.delete.confirm", "title", m.Title))},
		}
	}
	nodes := ui.Empty(ui.List(items...), "devoirs.empty.models", ui.To("/", "devoirs.mine"))
	page := ui.NewPage("devoirs.models", ui.Tabs(
		ui.TabHere("/modeles", "devoirs.tab.models", ui.Text("devoirs.models.intro"), nodes),
		ui.TabTo("/baremes", "devoirs.tab.baremes")))
	page.Crumbs = []*ui.Link{ui.To("/", "devoirs.title")}
	return page, nil
}

// keepModel makes a model of a homework, with files of its own.
func keepModel(r *sdk.Request) (*sdk.Answer, error) {
	h, err := mine(r)
	if err != nil {
		return nil, err
	}
	m := modelOf(h, r.Now())
	if m.Files, err = copyFiles(&r.Scope, h.Files); err != nil {
		return nil, err
	}
	err = update(r, func(tx store.Tx) error {
		n, err := models.Count(tx, "owner", store.Prefix(m.Owner))
		if err != nil {
			return err
		}
		if n >= maxModels {
			return errors.New(errors.Conflict, "devoirs.models.many", "n", maxModels)
		}
		return models.Put(tx, m)
	})
	if err != nil {
		dropFiles(&r.Scope, m.Files)
		return nil, err
	}
	return sdk.GoTo("/modeles").Say("devoirs.model.kept", "title", m.Title), nil
}

// deleteModel forgets a model and its files; homework made from it stays.
func deleteModel(r *sdk.Request) (*sdk.Answer, error) {
	var files []File
	err := update(r, func(tx store.Tx) error {
		m, err := openModel(tx, &r.Scope, r.PathValue("id"))
		if err != nil {
			return err
		}
		files = m.Files
		return models.Delete(tx, m.ID)
	})
	if err != nil {
		return nil, err
	}
	dropFiles(&r.Scope, files)
	return sdk.GoTo("/modeles").Say("devoirs.model.deleted"), nil
}
