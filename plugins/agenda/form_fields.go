package main

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// draw builds the form's tree, its fields filled in from what was stored.
func (f *entryForm) draw(r *sdk.Request) *ui.Form {
	e := &f.was
	start := e.Start.In(r.Viewer.TimeZone)
	last := e.end(e.Start).In(r.Viewer.TimeZone)
	if e.AllDay {
		last = last.AddDate(0, 0, -1)
	}
	form := ui.NewForm(f.path, "agenda.form.save",
		ui.TextField("titre", "agenda.form.title", ui.Required(), ui.Max(maxTitle), ui.Value(e.Title)))
	if f.series == nil {
		form.Fields = append(form.Fields, ui.ChoiceField("agenda", "agenda.form.calendar", f.calendarOptions(), ui.Value(string(e.Calendar))))
	}
	form.Fields = append(form.Fields,
		ui.DateTimeField("debut", "agenda.form.start", ui.Required(), ui.On(start)),
		ui.DateTimeField("fin", "agenda.form.end", ui.On(last), ui.Help("agenda.form.end.help")),
		ui.CheckField("journee", "agenda.form.allday", ui.Checked(e.AllDay), ui.Help("agenda.form.allday.help")),
		ui.TextField("lieu", "agenda.form.place", ui.Max(maxPlace), ui.Value(e.Place)),
		ui.MarkdownField("texte", "agenda.form.text", ui.Max(maxText), ui.Rows(5), ui.Value(e.Text)))
	if r.Viewer.Profile == ids.Enseignant && (f.series == nil || f.ofGroup()) {
		form.Fields = append(form.Fields, ui.CheckField("collegues", "agenda.form.colleagues",
			ui.Checked(f.series != nil && len(e.Teachers) == 0), ui.Help("agenda.form.colleagues.help")))
	}
	if f.asksSignatures() {
		form.Fields = append(form.Fields, f.signFields(r)...)
	}
	if e.Series == "" {
		form.Fields = append(form.Fields, f.repeatFields(r)...)
	}
	if f.series != nil {
		ui.Carry(form, map[string]string{"etat": f.series.state(), "fois": unixWord(f.one.From)})
		return ui.Cancel(form, f.one.path(), "agenda.form.cancel")
	}
	return ui.Cancel(form, "/", "agenda.form.cancel")
}

func (f *entryForm) ofGroup() bool {
	_, group := f.was.Calendar.Group()
	return group
}

// asksSignatures reports whether the entry may be one of a class.
func (f *entryForm) asksSignatures() bool {
	return f.series != nil && f.ofGroup() || f.series == nil && slices.ContainsFunc(f.offered, func(c Calendar) bool {
		_, group := c.Group()
		return group
	})
}

// signFields ask whether guardians are to sign, and until when.
func (f *entryForm) signFields(r *sdk.Request) []*ui.Field {
	var until time.Time
	help := "agenda.form.sign.help"
	if f.was.Sign != nil {
		until, help = f.was.Sign.Until, "agenda.form.sign.again"
	}
	return []*ui.Field{
		ui.CheckField("signature", "agenda.form.sign", ui.Checked(f.was.Sign != nil), ui.Help(help)),
		ui.DateField("signer-avant", "agenda.form.sign.until", ui.On(zoned(until, r.Viewer.TimeZone)), ui.Help("agenda.form.sign.until.help")),
	}
}

func (f *entryForm) calendarOptions() []*ui.Option {
	var options []*ui.Option
	for _, c := range f.offered {
		label := ui.S(f.names[c])
		switch _, personal := c.Person(); {
		case personal:
			label = ui.T("agenda.calendar.mine")
		case c == Everyone:
			label = ui.T("agenda.calendar.school")
		}
		options = append(options, ui.OptionOf(string(c), label))
	}
	return options
}

// repeatFields ask how the entry repeats and, of one that does, how much of it
// is meant.
func (f *entryForm) repeatFields(r *sdk.Request) []*ui.Field {
	stem, until, _ := endOf(f.was.Rule, f.was.zone())
	options := ui.Choices(repeatNever, "agenda.repeat.never", repeatDay, repeatKeys[repeatDay], repeatSchool, repeatKeys[repeatSchool],
		repeatWeek, repeatKeys[repeatWeek], repeatTwo, repeatKeys[repeatTwo], repeatMonth, repeatKeys[repeatMonth])
	if repeatOf(stem) == repeatOther {
		options = append(options, ui.OptionOf(repeatOther, ui.T(repeatKeys[repeatOther])))
	}
	if n := len(f.was.Starts); f.was.Rule != "" && n > 0 && until.IsZero() {
		until = time.Unix(f.was.Starts[n-1], 0)
	}
	fields := []*ui.Field{
		ui.ChoiceField("repetition", "agenda.form.repeat", options, ui.Value(repeatOf(stem))),
		ui.DateField("jusquau", "agenda.form.until", ui.On(zoned(until, r.Viewer.TimeZone)), ui.Help("agenda.form.until.help")),
	}
	if f.was.Rule == "" {
		return append(fields, ui.NumberField("nombre", "agenda.form.count", ui.Between(2, maxOccurrences, 1, "")))
	}
	return append([]*ui.Field{scopeField("agenda.form.scope")}, fields...)
}
