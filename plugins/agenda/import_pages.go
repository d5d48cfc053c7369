package main

import (
	"io"
	"strings"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// showImport asks for a file or an address, and for which class.
func showImport(r *sdk.Request) (*ui.Page, error) {
	f, err := openImportForm(r)
	if err != nil {
		return nil, err
	}
	return importPage(f, importForm(r, f)), nil
}

// openImportForm finds out which calendars the viewer imports into.
func openImportForm(r *sdk.Request) (*entryForm, error) {
	cfg, err := settingsOf(&r.Scope)
	if err != nil {
		return nil, err
	}
	f := &entryForm{cfg: cfg}
	f.offer(r)
	offered := f.offered
	f.offered = nil
	for _, c := range offered {
		if _, personal := c.Person(); !personal {
			f.offered = append(f.offered, c)
		}
	}
	return f, nil
}

func importForm(r *sdk.Request, f *entryForm) *ui.Form {
	form := ui.NewForm("/importer", "agenda.import.read",
		ui.ChoiceField("agenda", "agenda.import.calendar", f.calendarOptions(), ui.Required(), ui.Value(r.FormValue("agenda"))),
		ui.FileField("fichier", "agenda.import.file", ui.Accept(".ics,text/calendar", maxFile, false), ui.Help("agenda.import.file.help")),
		ui.TextField("adresse", "agenda.import.address", ui.As("url", ""), ui.Max(2000), ui.Help("agenda.import.address.help")),
		ui.CheckField("menage", "agenda.import.tidy", ui.Help("agenda.import.tidy.help")))
	return ui.Cancel(form, "/", "agenda.form.cancel")
}

func importPage(f *entryForm, form *ui.Form) *ui.Page {
	page := ui.NewPage("agenda.import", ui.Text("agenda.import.intro"), ui.FormOf(form))
	if len(f.offered) == 0 {
		page.Nodes = []*ui.Node{ui.BannerOf(ui.Warn, ui.T("agenda.import.nothing"), ui.To("/", "agenda.bin.back"))}
	}
	page.Crumbs = []*ui.Link{ui.To("/", "agenda.title")}
	return page
}

// beginImport reads the file and keeps what it found until it is confirmed.
func beginImport(r *sdk.Request) (*sdk.Answer, error) {
	f, err := openImportForm(r)
	if err != nil {
		return nil, err
	}
	i := &Import{By: r.Viewer.Person, At: r.Now(), Tidy: r.FormValue("menage") != "", Calendar: Calendar(r.FormValue("agenda"))}
	name, ok := f.names[i.Calendar]
	_, personal := i.Calendar.Person()
	refuse := func(field string, err error) (*sdk.Answer, error) {
		if k := errors.KindOf(err); k != errors.Invalid && k != errors.TooLarge {
			return nil, err
		}
		key, args := errors.Public(err)
		return sdk.Again(importPage(f, sdk.Faults{field: ui.T(key, args...)}.Blame(ui.Fill(importForm(r, f), r.Form), "agenda.form.refused"))), nil
	}
	if !ok || personal {
		return refuse("agenda", errors.New(errors.Invalid, "agenda.form.calendar.foreign"))
	}
	i.Name = name
	src, field, err := i.read(r)
	if err != nil {
		return refuse(field, err)
	}
	table, err := ReadTimetable(src, r.Viewer.TimeZone, r.Now())
	if err != nil {
		return refuse(field, err)
	}
	if i.Faults = table.Faults; len(i.Faults) == 0 {
		i.Entries = table.Entries
	}
	teachers, err := i.teachers(r)
	if err != nil {
		return nil, err
	}
	if err := i.address(i.Entries, r.Viewer, teachers); err != nil {
		return nil, err
	}
	err = r.Store.Update(r.Context(), func(tx store.Tx) error {
		if err := forgetImports(tx, r.Now()); err != nil {
			return err
		}
		return imports.Put(tx, i)
	})
	if err != nil {
		return refuse(field, err)
	}
	return sdk.GoTo("/importer/" + i.ID), nil
}

// teachers are those of the class, by whose names lessons are known.
func (i *Import) teachers(r *sdk.Request) ([]sdk.Person, error) {
	g, ok := i.Calendar.Group()
	if !ok || r.Viewer.Profile == ids.Enseignant {
		return nil, nil
	}
	return r.Directory.Members(g, ids.Enseignant)
}

// read reads the file that was sent, or fetches the one at the address; field
// is the one to blame.
func (i *Import) read(r *sdk.Request) (src []byte, field string, err error) {
	files, address := r.Uploads("fichier"), strings.TrimSpace(r.FormValue("adresse"))
	switch {
	case len(files) > 0 && address != "":
		return nil, "adresse", errors.New(errors.Invalid, "agenda.import.both")
	case len(files) == 0 && address == "":
		return nil, "fichier", errors.New(errors.Invalid, "agenda.import.none")
	case address != "":
		i.Source = cut(address, 200)
		src, err = fetch(r, address)
		return src, "adresse", err
	}
	i.Source = cut(files[0].Filename, 200)
	if files[0].Size > maxFile {
		return nil, "fichier", errors.New(errors.Invalid, "agenda.import.large", "n", maxFile>>20)
	}
	file, err := files[0].Open()
	if err != nil {
		return nil, "fichier", errors.Internal(err)
	}
	defer file.Close()
	src, err = io.ReadAll(file)
	return src, "fichier", err
}
