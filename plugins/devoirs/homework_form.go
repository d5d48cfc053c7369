package main

import (
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// Limits of what a teacher types, in characters.
const (
	maxTitle   = 150
	maxSubject = 60
	maxText    = 20000
)

// sheetForm is the form of a homework: a new one, or h as it was stored.
type sheetForm struct {
	path    string
	h       *Homework // what the form is read into
	was     Homework  // what it was before, from which it is drawn
	offer   *offer
	baremes []*SavedBareme
	cfg     Settings
	from    string // id of the model it was begun with
}

// newSheetForm gathers what the form offers its teacher.
func newSheetForm(r *sdk.Request, path string, h *Homework) (*sheetForm, error) {
	cfg, err := settingsOf(&r.Scope)
	if err != nil {
		return nil, err
	}
	o, err := offered(&r.Scope)
	if err != nil {
		return nil, err
	}
	form := &sheetForm{path: path, h: h, was: *h, offer: o, cfg: cfg}
	err = r.Store.View(r.Context(), func(tx store.Tx) (err error) {
		form.baremes, err = all(baremes.Range(tx, "owner", store.Prefix(r.Viewer.Person)))
		return err
	})
	return form, err
}

// draw builds the form's tree, its fields filled in from what was stored.
func (s *sheetForm) draw(r *sdk.Request) *ui.Form {
	h := &s.was
	form := ui.NewForm(s.path, "devoirs.form.publish",
		ui.TextField("titre", "devoirs.form.title", ui.Required(), ui.Max(maxTitle), ui.Value(h.Title)),
		ui.TextField("matiere", "devoirs.form.subject", ui.Required(), ui.Max(maxSubject), ui.Value(h.Subject)),
		ui.PickerField("pour", "devoirs.form.target", s.options(), ui.Required(), ui.Several(),
			ui.Chosen(h.picked()...), ui.Help("devoirs.form.target.help")),
		ui.DateTimeField("echeance", "devoirs.form.due", ui.Required(), ui.On(in(h.Due, r.Viewer.TimeZone))),
		ui.CheckField("rendu", "devoirs.form.handin", ui.Checked(h.HandIn), ui.Help("devoirs.form.handin.help")),
		ui.MarkdownField("consigne", "devoirs.form.instructions", ui.Max(maxText), ui.Rows(8), ui.Value(h.Instructions)),
		ui.FileField("fichiers", "devoirs.form.files", ui.Several(), ui.Accept("", s.cfg.maxBytes(), false),
			ui.Help("devoirs.form.files.help", "n", maxFiles)),
	)
	if len(h.Files) > 0 {
		form.Fields = append(form.Fields, keepField(h.Files))
	}
	form.Fields = append(form.Fields,
		ui.DateTimeField("visible", "devoirs.form.visible", ui.On(in(h.VisibleFrom, r.Viewer.TimeZone)), ui.Help("devoirs.form.visible.help")),
		ui.TextField("sur", "devoirs.form.scale", ui.Max(6), ui.Value(s.scale().In(r.Viewer.Locale)), ui.Help("devoirs.form.scale.help")),
	)
	if r.Viewer.May(urgently) {
		form.Fields = append(form.Fields, ui.CheckField("urgent", "devoirs.form.urgent", ui.Checked(h.Urgent), ui.Help("devoirs.form.urgent.help")))
	}
	if len(s.baremes) > 0 {
		form.Fields = append(form.Fields, ui.ChoiceField("bareme-modele", "devoirs.form.bareme.saved", s.savedOptions(), ui.Help("devoirs.form.bareme.saved.help")))
	}
	form.Fields = append(form.Fields, ui.LongField("bareme", "devoirs.form.bareme", ui.Rows(4), ui.Max(maxText), ui.Value(h.Bareme.String()), ui.Help("devoirs.form.bareme.help")))
	if s.from != "" {
		ui.Carry(form, map[string]string{"modele": s.from})
	}
	if h.ID != "" {
		ui.Carry(form, map[string]string{"etat": h.state()})
	}
	if h.ID != "" && !h.Draft {
		form.Submit = ui.T("devoirs.form.save")
		return ui.Cancel(form, "/devoir/"+h.ID, "devoirs.cancel")
	}
	ui.Also(form, "brouillon", "1", "devoirs.form.draft")
	return ui.Cancel(form, "/", "devoirs.cancel")
}

// again is the form as it was posted, with what is wrong.
func (s *sheetForm) again(r *sdk.Request, wrong sdk.Faults) *ui.Form {
	return wrong.Blame(ui.Fill(s.draw(r), r.PostForm), "devoirs.form.refused")
}

// options are those of the offer and the targets h has already.
func (s *sheetForm) options() []*ui.Option {
	options := s.offer.options()
	there := map[string]bool{}
	for _, o := range options {
		there[o.Value] = true
	}
	for _, g := range s.was.Groups {
		if v := wholeGroup + string(g.ID); !there[v] {
			options = append(options, ui.OptionOf(v, ui.T("devoirs.target.group", "name", g.Name)))
		}
	}
	for _, p := range s.was.Pupils {
		if v := onePupil + string(p); !there[v] {
			options = append(options, ui.OptionOf(v, ui.T("devoirs.target.gone")))
		}
	}
	return options
}

func (s *sheetForm) savedOptions() []*ui.Option {
	options := []*ui.Option{ui.OptionOf("", ui.T("devoirs.form.bareme.none"))}
	for _, b := range s.baremes {
		options = append(options, ui.OptionOf(b.ID, ui.T("devoirs.bareme.option", "name", b.Name, "total", b.Criteria.Total().In("fr"))))
	}
	return options
}

func (s *sheetForm) scale() Points {
	if s.was.Scale > 0 {
		return s.was.Scale
	}
	return Points(s.cfg.DefaultScale * 100)
}

// keepField lists the attached files; one that is unticked goes.
func keepField(files []File) *ui.Field {
	var options []*ui.Option
	var all []string
	for _, f := range files {
		options = append(options, ui.OptionOf(f.ID, ui.S(f.Name)))
		all = append(all, f.ID)
	}
	return ui.ChoiceField("garder", "devoirs.form.keep", options, ui.Several(), ui.Expanded(), ui.Chosen(all...), ui.Help("devoirs.form.keep.help"))
}

// in is t in the zone, the zero time as it is.
func in(t time.Time, zone *time.Location) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(zone)
}
