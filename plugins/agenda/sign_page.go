package main

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// signing is what a guardian reads and does about each child that is asked for,
// nil when nothing is asked of them.
func (o Occurrence) signing(v *sdk.Viewer, given map[ids.PersonID][]*Signature, now time.Time) (nodes []*ui.Node) {
	if o.Sign == nil || !signs(v) {
		return nil
	}
	for _, c := range v.Pupils() {
		if guards(v, o.Entry, c.ID) {
			nodes = append(nodes, o.signingFor(c, by(v.Person, given[c.ID]), now))
		}
	}
	return nodes
}

func (o Occurrence) signingFor(c sdk.Child, s *Signature, now time.Time) *ui.Node {
	until := ui.Time(o.answerBy(), ui.DateTime)
	open := o.answerable(now)
	var said *ui.Node
	switch {
	case s != nil && !s.holds(o.Entry):
		key := "agenda.sign.again"
		if !open {
			key = "agenda.sign.outdated"
		}
		said, s = ui.Banner(ui.Warn, key, "at", ui.Time(s.At, ui.DateTime)), nil
	case s != nil && s.Agrees:
		said = ui.Banner(ui.Ok, "agenda.sign.is.yes", "name", c.FirstName, "at", ui.Time(s.At, ui.DateTime))
	case s != nil:
		said = ui.Banner(ui.Warn, "agenda.sign.is.no", "name", c.FirstName, "at", ui.Time(s.At, ui.DateTime))
	case open:
		said = ui.Banner(ui.Info, "agenda.sign.wanted", "until", until)
	}
	part := ui.SectionOf(ui.T("agenda.sign.for", "name", c.FirstName))
	section := part.GetSection()
	if said != nil {
		section.Nodes = append(section.Nodes, said)
	}
	if !open {
		section.Nodes = append(section.Nodes, ui.Text("agenda.sign.closed"))
		return part
	}
	if s != nil {
		section.Nodes = append(section.Nodes, ui.Text("agenda.sign.until", "until", until))
	}
	section.Nodes = append(section.Nodes, ui.Tools(o.answers(c, s)...))
	return part
}

// answers are the buttons: both answers, or the other one and the way back.
func (o Occurrence) answers(c sdk.Child, s *Signature) (buttons []*ui.Action) {
	button := func(key, answer, icon string) *ui.Action {
		b := ui.Button("/entree/"+o.ID+"/signer", key, "eleve", string(c.ID), "reponse", answer)
		b.Label, b.Icon = ui.T(key, "name", c.FirstName), icon
		return b
	}
	if s == nil || !s.Agrees {
		buttons = append(buttons, button("agenda.sign.yes", sayYes, ui.IconCheck))
	}
	if s == nil || s.Agrees {
		buttons = append(buttons, button("agenda.sign.no", sayNo, ui.IconClose))
	}
	if s == nil {
		buttons[0].Primary = true
		return buttons
	}
	return append(buttons, button("agenda.sign.undo", sayNone, ui.IconUndo))
}

// signed is what the author sees: how many answered what, and each pupil's
// answer with who gave it.
func (o Occurrence) signed(r *sdk.Request, given map[ids.PersonID][]*Signature) ([]*ui.Node, error) {
	g, _ := o.Calendar.Group()
	pupils, err := r.Directory.Members(g, ids.Eleve)
	if err != nil {
		return nil, err
	}
	able, err := signers(r, pupils)
	if err != nil {
		return nil, err
	}
	count, asked := map[Answered]int{}, 0
	rows := make([]*ui.Row, len(pupils))
	for i, p := range pupils {
		at := answered(o.Entry, given[p.ID])
		may := able(p)
		if at != Unanswered || may {
			count[at]++
			asked++
		}
		rows[i] = ui.RowOf(ui.CellS(p.LastName+" "+p.FirstName), o.answerCell(p, at, may, given[p.ID]), o.whoCell(given[p.ID]))
	}
	var facts []*ui.Fact
	if asked > 0 {
		facts = []*ui.Fact{
			{Label: ui.T("agenda.signed.yes"), Value: ui.T("agenda.signed.n", "n", count[Agreed], "of", asked), Tone: ui.Ok},
			{Label: ui.T("agenda.signed.no"), Value: ui.T("agenda.signed.n", "n", count[Refused], "of", asked)},
			{Label: ui.T("agenda.signed.none"), Value: ui.T("agenda.signed.n", "n", count[Unanswered], "of", asked)},
		}
		if count[Refused] > 0 {
			facts[1].Tone = ui.Bad
		}
	}
	if n := len(pupils) - asked; n > 0 {
		facts = append(facts, &ui.Fact{Label: ui.T("agenda.signed.cannot"), Value: ui.T("agenda.signed.pupils", "n", n), Tone: ui.Warn})
	}
	table := ui.Table("agenda.signed.each", ui.Columns("agenda.signed.pupil", "agenda.signed.answer", "agenda.signed.who"), rows...)
	return []*ui.Node{ui.Facts(facts...), ui.Empty(table, "agenda.signed.nobody", nil)}, nil
}

// signers tells of which pupils some guardian may sign: others are not waited for.
func signers(r *sdk.Request, pupils []sdk.Person) (able func(sdk.Person) bool, err error) {
	allowed, err := r.Directory.Allowed("agenda.sign", (&circle{pupils: pupils}).guardians()...)
	return func(p sdk.Person) bool {
		return slices.ContainsFunc(p.Guardians, func(g ids.PersonID) bool { return slices.Contains(allowed, g) })
	}, err
}

func (o Occurrence) answerCell(p sdk.Person, at Answered, able bool, list []*Signature) *ui.Cell {
	switch at {
	case Agreed:
		return &ui.Cell{Text: ui.T("agenda.signed.yes"), Tone: ui.Ok}
	case Refused:
		return &ui.Cell{Text: ui.T("agenda.signed.no"), Tone: ui.Bad}
	}
	switch {
	case len(p.Guardians) == 0:
		return &ui.Cell{Text: ui.T("agenda.signed.alone"), Tone: ui.Warn}
	case !able:
		return &ui.Cell{Text: ui.T("agenda.signed.cannot"), Tone: ui.Warn}
	case len(list) > 0:
		return &ui.Cell{Text: ui.T("agenda.signed.before"), Tone: ui.Warn}
	}
	return ui.CellOf(ui.T("agenda.signed.none"))
}

// whoCell says who answered and when; of several, each with their answer, and of
// one that was given before a change that it was.
func (o Occurrence) whoCell(list []*Signature) *ui.Cell {
	list = slices.SortedFunc(slices.Values(list), earlier)
	var words *ui.Words
	for _, s := range list {
		key := "agenda.signed.by"
		if !s.holds(o.Entry) {
			key = "agenda.signed.was"
		}
		if len(list) > 1 || !s.holds(o.Entry) {
			key += map[bool]string{true: ".yes", false: ".no"}[s.Agrees]
		}
		one := ui.T(key, "name", s.Name, "at", ui.Time(s.At, ui.DateTime))
		if words != nil {
			one = ui.T("agenda.signed.and", "one", words, "other", one)
		}
		words = one
	}
	if words == nil {
		return ui.CellS("—")
	}
	return ui.CellOf(words)
}
