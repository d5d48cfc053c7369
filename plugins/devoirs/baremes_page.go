package main

import (
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// newBareme is where the page asks for another.
const newBareme = "nouveau"

// openBareme finds one of the viewer's barèmes, else NotFound.
func openBareme(tx store.Tx, s *sdk.Scope, id string) (*SavedBareme, error) {
	b, err := baremes.Get(tx, id)
	if errors.KindOf(err) == errors.NotFound || err == nil && b.Owner != s.Viewer.Person {
		return nil, gone()
	}
	return b, err
}

// baremeList shows the viewer's barèmes and the form of a new one.
func baremeList(r *sdk.Request) (*ui.Page, error) {
	return baremeListWith(r, baremeForm("/baremes", &SavedBareme{}))
}

func baremeListWith(r *sdk.Request, form *ui.Form) (*ui.Page, error) {
	var list []*SavedBareme
	err := view(r, func(tx store.Tx) (err error) {
		list, err = all(baremes.Range(tx, "owner", store.Prefix(r.Viewer.Person)))
		return err
	})
	if err != nil {
		return nil, err
	}
	items := make([]*ui.Item, len(list))
	for i, b := range list {
		items[i] = &ui.Item{
			Title: ui.S(b.Name), Icon: ui.IconScale,
			Detail: ui.T("devoirs.bareme.summary", "n", len(b.Criteria), "total", b.Criteria.Total().In(r.Viewer.Locale)),
			Link:   &ui.Link{Path: "/baremes/" + b.ID},
		}
	}
	page := ui.NewPage("devoirs.models", ui.Tabs(
		ui.TabTo("/modeles", "devoirs.tab.models"),
		ui.TabHere("/baremes", "devoirs.tab.baremes",
			ui.Text("devoirs.baremes.intro"),
			ui.Empty(ui.List(items...), "devoirs.empty.baremes", ui.Onto(newBareme, ui.To("/baremes", "devoirs.bareme.create"))),
			ui.Section("devoirs.bareme.new", ui.Named(newBareme, ui.FormOf(form))))))
	page.Crumbs = []*ui.Link{ui.To("/", "devoirs.title")}
	return page, nil
}

// baremePage shows one barème to change or delete.
func baremePage(r *sdk.Request) (*ui.Page, error) {
	b, err := myBareme(r)
	if err != nil {
		return nil, err
	}
	return baremeEdit(b, r.Viewer.Locale, baremeForm("/baremes/"+b.ID, b)), nil
}

func baremeEdit(b *SavedBareme, locale string, form *ui.Form) *ui.Page {
	remove := iconed(ui.IconDelete, ui.Danger(ui.Button("/baremes/"+b.ID+"/supprimer", "devoirs.bareme.delete"), "devoirs.bareme.delete.confirm", "name", b.Name))
	page := ui.PageOf(ui.S(b.Name), ui.Tools(remove), baremeTable(b.Criteria, nil, locale), ui.Section("devoirs.bareme.edit", ui.FormOf(form)))
	page.Crumbs = []*ui.Link{ui.To("/", "devoirs.title"), ui.To("/baremes", "devoirs.tab.baremes")}
	return page
}

func baremeForm(path string, b *SavedBareme) *ui.Form {
	return ui.NewForm(path, "devoirs.form.save",
		ui.TextField("nom", "devoirs.bareme.name", ui.Required(), ui.Max(maxTitle), ui.Value(b.Name)),
		ui.LongField("criteres", "devoirs.bareme.criteria", ui.Required(), ui.Rows(6), ui.Max(maxText), ui.Value(b.Criteria.String()), ui.Help("devoirs.form.bareme.help")))
}

// createBareme keeps a new barème.
func createBareme(r *sdk.Request) (*sdk.Answer, error) {
	b := &SavedBareme{Owner: r.Viewer.Person, Created: r.Now()}
	wrong, err := readBareme(r, b)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		page, err := baremeListWith(r, wrong.Blame(ui.Fill(baremeForm("/baremes", &SavedBareme{}), r.PostForm), "devoirs.form.refused"))
		return sdk.Again(page), err
	}
	err = update(r, func(tx store.Tx) error {
		n, err := baremes.Count(tx, "owner", store.Prefix(b.Owner))
		if err != nil {
			return err
		}
		if n >= maxModels {
			return errors.New(errors.Conflict, "devoirs.models.many", "n", maxModels)
		}
		return baremes.Put(tx, b)
	})
	if err != nil {
		return nil, err
	}
	return sdk.GoTo("/baremes").Say("devoirs.bareme.kept", "name", b.Name), nil
}

// changeBareme changes a kept barème; homework that took it keeps its own.
func changeBareme(r *sdk.Request) (*sdk.Answer, error) {
	b, err := myBareme(r)
	if err != nil {
		return nil, err
	}
	was := *b
	wrong, err := readBareme(r, b)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		form := wrong.Blame(ui.Fill(baremeForm("/baremes/"+b.ID, &was), r.PostForm), "devoirs.form.refused")
		return sdk.Again(baremeEdit(&was, r.Viewer.Locale, form)), nil
	}
	if err := update(r, func(tx store.Tx) error { return baremes.Put(tx, b) }); err != nil {
		return nil, err
	}
	return sdk.GoTo("/baremes").Say("devoirs.bareme.kept", "name", b.Name), nil
}

// deleteBareme forgets a kept barème.
func deleteBareme(r *sdk.Request) (*sdk.Answer, error) {
	err := update(r, func(tx store.Tx) error {
		b, err := openBareme(tx, &r.Scope, r.PathValue("id"))
		if err != nil {
			return err
		}
		return baremes.Delete(tx, b.ID)
	})
	if err != nil {
		return nil, err
	}
	return sdk.GoTo("/baremes").Say("devoirs.bareme.deleted"), nil
}

func readBareme(r *sdk.Request, b *SavedBareme) (sdk.Faults, error) {
	f := r.Fields()
	f.Required("nom", "criteres")
	b.Name = f.Text("nom", maxTitle)
	criteria := f.Text("criteres", maxText)
	wrong, err := f.Faults()
	if err != nil {
		return nil, err
	}
	b.Criteria, err = ParseBareme(criteria)
	wrong.Add("criteres", err)
	return wrong, nil
}

func myBareme(r *sdk.Request) (b *SavedBareme, err error) {
	err = view(r, func(tx store.Tx) (err error) {
		b, err = openBareme(tx, &r.Scope, r.PathValue("id"))
		return err
	})
	return b, err
}
