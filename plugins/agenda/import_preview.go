package main

import (
	"fmt"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// previewed is how many entries of an import are shown before it is confirmed.
const previewed = 25

// previewImport shows what an import would change, or why it cannot be.
func previewImport(r *sdk.Request) (*ui.Page, error) {
	cfg, err := settingsOf(&r.Scope)
	if err != nil {
		return nil, err
	}
	from, err := opens(r)
	if err != nil {
		return nil, err
	}
	var i *Import
	var p *Plan
	err = r.Store.View(r.Context(), func(tx store.Tx) (err error) {
		if i, err = openImport(tx, r.Viewer, cfg, r.PathValue("id")); err == nil {
			p, err = i.plan(tx, r.Viewer, cfg)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	page := ui.NewPage("agenda.import.preview", ui.Facts(
		ui.FactOf("agenda.import.source", ui.S(i.Source)), ui.FactOf("agenda.fact.calendar", (&Entry{Calendar: i.Calendar, Name: i.Name}).whose())))
	page.Crumbs = []*ui.Link{ui.To("/", "agenda.title"), ui.To("/importer", "agenda.import")}
	if wrong := append(i.Faults, p.Faults...); len(wrong) > 0 {
		page.Nodes = append(page.Nodes, refused(wrong)...)
		return page, nil
	}
	if p.wait(from, r.Now()); !p.Opens.IsZero() {
		page.Nodes = append(page.Nodes, ui.Banner(ui.Info, "agenda.import.later", "at", ui.Time(p.Opens, ui.DateTime)))
	}
	page.Nodes = append(page.Nodes, p.nodes(r, i)...)
	return page, nil
}

// refused lists what is wrong, by line and identifier.
func refused(wrong []Fault) []*ui.Node {
	var items []*ui.Item
	for _, f := range wrong {
		items = append(items, &ui.Item{Title: f.words(), Tone: ui.Bad, Icon: ui.IconBad})
	}
	return []*ui.Node{
		ui.BannerOf(ui.Bad, ui.T("agenda.import.refused", "n", len(wrong)), ui.To("/importer", "agenda.import.again")),
		ui.Section("agenda.import.faults", ui.List(items...)),
	}
}

// nodes show a plan that may be applied.
func (p *Plan) nodes(r *sdk.Request, i *Import) []*ui.Node {
	facts := ui.Facts(
		ui.FactOf("agenda.import.create", ui.S(fmt.Sprint(len(p.Create)))), ui.FactOf("agenda.import.change", ui.S(fmt.Sprint(len(p.Change)))),
		ui.FactOf("agenda.import.same", ui.S(fmt.Sprint(p.Unchanged))), ui.FactOf("agenda.import.remove", ui.S(fmt.Sprint(len(p.Remove)))))
	if len(p.Create)+len(p.Change)+len(p.Remove) == 0 {
		return []*ui.Node{ui.BannerOf(ui.Ok, ui.T("agenda.import.uptodate"), ui.To("/", "agenda.bin.back")), facts}
	}
	apply := ui.Primary(ui.Button("/importer/"+i.ID, "agenda.import.apply"))
	apply.Icon = ui.IconCheck
	nodes := []*ui.Node{facts, ui.Tools(apply)}
	for _, part := range []struct {
		key  string
		list []*Entry
	}{{"agenda.import.create", p.Create}, {"agenda.import.change", p.Change}, {"agenda.import.remove", p.Remove}} {
		var items []*ui.Item
		for _, e := range part.list[:min(previewed, len(part.list))] {
			items = append(items, e.line(r))
		}
		if len(items) > 0 {
			nodes = append(nodes, ui.Section(part.key, ui.List(items...)))
		}
	}
	return nodes
}

// line is an entry in the preview.
func (e *Entry) line(r *sdk.Request) *ui.Item {
	from := e.Start.In(r.Viewer.TimeZone)
	item := &ui.Item{Title: ui.S(e.Title), Icon: e.icon(),
		Detail: Occurrence{e, from, e.end(e.Start).In(r.Viewer.TimeZone)}.when()}
	if words := repeatWords(e); words != nil {
		item.Badge = words
	}
	return item
}

// applyImport stores an import that was shown: all of it or nothing.
func applyImport(r *sdk.Request) (*sdk.Answer, error) {
	cfg, err := settingsOf(&r.Scope)
	if err != nil {
		return nil, err
	}
	id := r.PathValue("id")
	var i *Import
	err = r.Store.View(r.Context(), func(tx store.Tx) (err error) {
		i, err = openImport(tx, r.Viewer, cfg, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	people, err := touched(&r.Scope, i.Calendar)
	if err != nil {
		return nil, err
	}
	from, err := opens(r)
	if err != nil {
		return nil, err
	}
	var p *Plan
	var removed []*Entry
	err = r.Store.Update(r.Context(), func(tx store.Tx) error {
		i, err := openImport(tx, r.Viewer, cfg, id)
		if err != nil {
			return err
		}
		if p, err = i.plan(tx, r.Viewer, cfg); err != nil {
			return err
		}
		if len(i.Faults)+len(p.Faults) > 0 {
			return errors.New(errors.Conflict, "agenda.import.refused", "n", len(i.Faults)+len(p.Faults))
		}
		p.wait(from, r.Now())
		if removed, err = p.apply(tx, r.Now()); err != nil {
			return err
		}
		if err := imports.Delete(tx, id); err != nil {
			return err
		}
		return tx.Emit(eventChanged, Changed{Calendar: i.Calendar}, people...)
	})
	if err != nil {
		return nil, err
	}
	untell(&r.Scope, removed...)
	err = r.Audit.Record("agenda.imported", string(i.Calendar), map[string]string{
		"source": i.Source, "created": fmt.Sprint(len(p.Create)), "changed": fmt.Sprint(len(p.Change)), "removed": fmt.Sprint(len(p.Remove)),
	})
	if err != nil {
		r.Log.Error("audit", "err", err)
	}
	said, at := "agenda.import.done", ui.Time(p.Opens, ui.DateTime)
	if !p.Opens.IsZero() {
		said = "agenda.import.done.later"
	}
	return sdk.GoTo((&Lens{Key: string(i.Calendar)}).key()).Say(said,
		"created", len(p.Create), "changed", len(p.Change), "removed", len(p.Remove), "at", at), nil
}
