package main

import (
	"strconv"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// entryPage shows one occurrence of an entry: ?fois= says which.
func entryPage(r *sdk.Request) (*ui.Page, error) {
	cfg, err := settingsOf(&r.Scope)
	if err != nil {
		return nil, err
	}
	var o Occurrence
	var same []Occurrence
	var given map[ids.PersonID][]*Signature
	l := mine(r.Viewer, r.Now())
	err = r.Store.View(r.Context(), func(tx store.Tx) error {
		e, err := openEntry(tx, &r.Scope, r.PathValue("id"))
		if err != nil {
			return err
		}
		o, _ = chosen(r, e)
		if same, err = meanwhile(tx, l, o); err != nil || o.Sign == nil {
			return err
		}
		given, err = signaturesOf(tx, e)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := glance(r, o.Entry); err != nil {
		r.Log.Warn("reading not noted", "entry", o.ID, "err", err)
	}
	page := ui.PageOf(ui.S(o.Title), ui.Facts(o.facts(r.Viewer, r.Now())...))
	page.About = r.Viewer.About(l.children(o.Entry)...)
	page.Crumbs = []*ui.Link{ui.ToOf("/?date="+o.From.Format("2006-01-02"), ui.T("agenda.title"))}
	if o.Cancelled {
		page.Nodes = append([]*ui.Node{ui.Banner(ui.Bad, "agenda.cancelled")}, page.Nodes...)
	}
	if o.Text != "" {
		page.Nodes = append(page.Nodes, ui.Markdown(o.Text))
	}
	page.Nodes = append(page.Nodes, o.signing(r.Viewer, given, r.Now())...)
	if len(same) > 0 {
		var list []*ui.Entry
		for _, other := range same {
			list = append(list, other.entry(r.Viewer, l))
		}
		page.Nodes = append(page.Nodes, ui.Section("agenda.meanwhile", ui.Agenda(list...)))
	}
	if tools := o.tools(r.Viewer, cfg); tools != nil {
		page.Nodes = append(page.Nodes, tools)
	}
	if o.Sign != nil && edits(r.Viewer, cfg, o.Entry) {
		nodes, err := o.signed(r, given)
		if err != nil {
			return nil, err
		}
		page.Nodes = append(page.Nodes, ui.Section("agenda.signed", nodes...))
	}
	return page, nil
}

// chosen returns the occurrence that ?fois= or the form names, in the viewer's
// zone; there is none when the series no longer has it. Nothing named is the
// first.
func chosen(r *sdk.Request, e *Entry) (o Occurrence, there bool) {
	named := r.FormValue("fois")
	unix, _ := strconv.ParseInt(named, 10, 64) // garbage is no occurrence
	o, there = e.at(unix)
	o.From, o.To = o.From.In(r.Viewer.TimeZone), o.To.In(r.Viewer.TimeZone)
	return o, there || named == "" || !e.repeats()
}

// meanwhile returns what else the viewer has at that time.
func meanwhile(tx store.Tx, l *Lens, o Occurrence) ([]Occurrence, error) {
	if !o.binds() || !l.keep(o.Entry) {
		return nil, nil
	}
	all, _, err := gather(tx, l.Calendars, o.From, o.To, l.keep)
	if err != nil {
		return nil, err
	}
	var same []Occurrence
	for _, other := range all {
		if other.ID != o.ID && other.binds() && other.To.After(o.From) &&
			sameBody(l.children(o.Entry), l.children(other.Entry)) {
			same = append(same, other)
		}
	}
	return same, nil
}

// facts are when, where, for whom and by whom.
func (o Occurrence) facts(v *sdk.Viewer, now time.Time) []*ui.Fact {
	facts := []*ui.Fact{ui.FactOf("agenda.fact.when", o.when())}
	if words := repeatWords(o.Entry); words != nil {
		facts = append(facts, ui.FactOf("agenda.fact.repeat", words))
	}
	if o.Place != "" {
		facts = append(facts, ui.FactOf("agenda.fact.place", ui.S(o.Place)))
	}
	facts = append(facts, ui.FactOf("agenda.fact.calendar", o.whose()))
	if o.Led != "" {
		facts = append(facts, ui.FactOf("agenda.fact.led", ui.S(o.Led)))
	}
	if o.AuthorName != "" && o.AuthorName != o.Led && o.Author != v.Person {
		facts = append(facts, ui.FactOf("agenda.fact.author", ui.S(o.AuthorName)))
	}
	if !o.shownTo(&sdk.Viewer{Profile: ids.Parent}, now) {
		facts = append(facts, &ui.Fact{Label: ui.T("agenda.fact.visible"), Value: ui.T("agenda.visible.from", "at", ui.Time(o.VisibleFrom, ui.DateTime)), Tone: ui.Info})
	}
	if o.asks() && v.Profile != ids.Parent {
		facts = append(facts, ui.FactOf("agenda.fact.sign", ui.T("agenda.sign.date", "until", ui.Time(o.answerBy(), ui.DateTime))))
	}
	return facts
}

// whose says in whose calendar an entry is.
func (e *Entry) whose() *ui.Words {
	switch _, group := e.Calendar.Group(); {
	case e.Calendar == Everyone:
		return ui.T("agenda.calendar.school")
	case group:
		return ui.S(e.Name)
	}
	return ui.T("agenda.calendar.mine")
}

// when is the time of an occurrence in words.
func (o Occurrence) when() *ui.Words {
	switch last := o.lastDay(); {
	case !last.IsZero():
		return ui.T("agenda.when.days", "from", ui.Time(o.From, ui.Date), "to", ui.Time(last, ui.Date))
	case o.AllDay:
		return ui.T("agenda.when.day", "date", ui.Time(o.From, ui.Date))
	case !o.To.After(o.From):
		return ui.T("agenda.when.moment", "date", ui.Time(o.From, ui.DateTime))
	case midnight(o.From).Equal(midnight(o.To)):
		return ui.T("agenda.when.hours", "date", ui.Time(o.From, ui.Date), "from", ui.Time(o.From, ui.Clock), "to", ui.Time(o.To, ui.Clock))
	}
	return ui.T("agenda.when.days", "from", ui.Time(o.From, ui.DateTime), "to", ui.Time(o.To, ui.DateTime))
}

// tools are what the viewer can do with the entry, nil when nothing.
func (o Occurrence) tools(v *sdk.Viewer, cfg Settings) *ui.Node {
	if !v.May("agenda.personal") {
		return nil
	}
	copied := ui.WithIcon(ui.IconCopy, ui.To("/nouvelle?copie="+o.ID+"&fois="+strconv.FormatInt(o.From.Unix(), 10), "agenda.copy"))
	if !edits(v, cfg, o.Entry) {
		return ui.Toolbar(nil, copied)
	}
	fois := "?fois=" + strconv.FormatInt(o.From.Unix(), 10)
	node := ui.Toolbar(ui.WithIcon(ui.IconEdit, ui.To("/entree/"+o.ID+"/modifier"+fois, "agenda.edit")),
		copied, ui.Losing(ui.WithIcon(ui.IconDelete, ui.To("/entree/"+o.ID+"/supprimer"+fois, "agenda.delete"))))
	cancel, key, on := "agenda.cancel", ui.IconClose, "1"
	if o.Cancelled {
		cancel, key, on = "agenda.uncancel", ui.IconUndo, ""
	}
	button := ui.Button("/entree/"+o.ID+"/annuler", cancel, "fois", strconv.FormatInt(o.From.Unix(), 10), "annulee", on)
	button.Icon = key
	node.GetToolbar().Actions = append(node.GetToolbar().Actions, button)
	return node
}
