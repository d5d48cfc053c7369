package web

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/ui"
)

const (
	choicePath = "/compte/notifications"
	kindField  = "avis-" // and the kind: how one is told of it
)

// ways are those offered kind by kind.
var ways = []manifest.Way{manifest.OnPage, manifest.ByMail, manifest.ByPush, manifest.InDigest}

// noticeWays says in a word how the visitor is told, for the page of the account.
func (a *App) noticeWays(v *visit.Visit) (*ui.Words, error) {
	c, err := a.Notify.Choice(v.Context, v.Session.Person)
	return ui.T("web.ways." + presetName(c.Preset)), err
}

func presetName(p notify.Preset) string {
	if p == notify.AtOnce {
		return "now"
	}
	return string(p)
}

// showWays answers how the visitor is told of what concerns them: three choices,
// and kind by kind for who has the expert home page or chose so before.
func (a *App) showWays(v *visit.Visit) (*visit.Answer, error) {
	c, err := a.Notify.Choice(v.Context, v.Session.Person)
	if err != nil {
		return nil, err
	}
	page, err := a.waysPage(v, c, nil)
	if err != nil {
		return nil, err
	}
	return visit.Show(page), nil
}

func (a *App) waysPage(v *visit.Visit, c notify.Choice, wrong error) (*ui.Page, error) {
	h, err := a.Home.Page(v.Context, v.Caller())
	if err != nil {
		return nil, err
	}
	expert := h.Mode == home.ExpertMode || c.Preset == notify.Own
	options := []*ui.Option{}
	for _, p := range []notify.Preset{notify.AtOnce, notify.Together, notify.PageOnly, notify.Own} {
		if p != notify.Own || expert {
			name := "web.ways." + presetName(p)
			options = append(options, &ui.Option{Value: presetName(p), Label: ui.T(name), Detail: ui.T(name + ".detail"), Selected: p == c.Preset})
		}
	}
	page := AccountPage("web.ways.title")
	reach, err := a.reach(v)
	if err != nil {
		return nil, err
	}
	page.Nodes = append(page.Nodes, reach, ui.FormOf(ui.NewForm(choicePath, "web.save", ui.ChoiceField("choix", "web.ways.preset", options, ui.Expanded()))))
	if expert {
		matrix, err := a.matrix(v, c)
		if err != nil {
			return nil, err
		}
		if matrix != nil {
			page.Nodes = append(page.Nodes, ui.Section("web.ways.matrix", ui.FormOf(matrix)))
		}
	}
	page.Nodes = append(page.Nodes,
		ui.Section("web.ways.hours", ui.Text("web.ways.hours.detail"), ui.FormOf(ui.Blame(readingForm(v, c), wrong))),
		ui.Section("web.ways.digest", ui.FormOf(digestForm(v, c))))
	if push := a.pushForm(v); push != nil {
		page.Nodes = append(page.Nodes, ui.Section("web.ways.browser", push...))
	}
	return page, nil
}

// matrix is the choice kind by kind, of those that can reach the visitor; nil when
// none can.
func (a *App) matrix(v *visit.Visit, c notify.Choice) (*ui.Form, error) {
	kinds, err := a.kindsFor(v)
	if err != nil {
		return nil, err
	}
	var fields []*ui.Field
	for _, k := range kinds {
		chosen := c.WaysFor(k)
		var options []*ui.Option
		for _, w := range ways {
			options = append(options, &ui.Option{Value: string(w), Label: ui.T("web.way." + string(w)), Selected: slices.Contains(chosen, w)})
		}
		label := ui.S(a.moduleNamed(v.Say, k.Module) + " · " + v.Say.In(k.Module).T(k.Name))
		f := ui.ChoiceField(kindField+k.Key(), "", options, ui.Several(), ui.Expanded())
		f.Label = label
		fields = append(fields, f)
	}
	if len(fields) == 0 {
		return nil, nil
	}
	return ui.Carry(ui.NewForm(choicePath, "web.save", fields...), map[string]string{"quoi": "detail"}), nil
}

// moduleNamed is what a module is called.
func (a *App) moduleNamed(say *locale.Speaker, id ids.ModuleID) string {
	m, err := a.Host.Manifest(id)
	if err != nil {
		return string(id)
	}
	return say.In(id).T(m.Name)
}

// kindsFor lists the kinds that the visitor may be told of, in all their schools.
func (a *App) kindsFor(v *visit.Visit) ([]notify.Kind, error) {
	return a.Notify.KindsOf(v.Context, v.Session.Person, schoolsOf(v.Session)...)
}

func readingForm(v *visit.Visit, c notify.Choice) *ui.Form {
	return ui.Carry(ui.NewForm(choicePath, "web.save",
		hourField(v.Say, "de", "web.ways.from", c.Opens),
		hourField(v.Say, "jusque", "web.ways.to", c.Closes),
		ui.CheckField("semaine", "web.ways.weekends", ui.Checked(c.WeekEnds)),
		ui.CheckField("toujours", "web.ways.always", ui.Checked(c.Always)),
	), map[string]string{"quoi": "heures"})
}

func digestForm(v *visit.Visit, c notify.Choice) *ui.Form {
	days := []*ui.Option{ui.OptionOf("", ui.T("web.ways.daily"))}
	for d := range 7 {
		day := time.Weekday((d + 1) % 7)
		days = append(days, ui.OptionOf(strconv.Itoa(int(day)), ui.T("web.ways.weekly", "day", v.Say.Weekday(day, false))))
	}
	chosen := ""
	if c.Weekly {
		chosen = strconv.Itoa(int(c.Weekday))
	}
	return ui.Carry(ui.NewForm(choicePath, "web.save",
		ui.ChoiceField("jour", "web.ways.day", days, ui.Chosen(chosen)),
		hourField(v.Say, "heure", "web.ways.hour", c.Hour),
	), map[string]string{"quoi": "resume"})
}

// hourField offers the full hours of a day, in minutes after midnight.
func hourField(say *locale.Speaker, name, label string, chosen int) *ui.Field {
	var options []*ui.Option
	for h := range 25 {
		at := ui.S(say.Clock(time.Date(2026, 1, 1, h, 0, 0, 0, say.Zone)))
		if h == 24 {
			at = ui.T("web.ways.midnight")
		}
		options = append(options, ui.OptionOf(strconv.Itoa(60*h), at))
	}
	return ui.ChoiceField(name, label, options, ui.Chosen(strconv.Itoa(chosen)))
}

// setWays keeps what one of the forms of the page says.
func (a *App) setWays(v *visit.Visit) (*visit.Answer, error) {
	c, err := a.Notify.Choice(v.Context, v.Session.Person)
	if err != nil {
		return nil, err
	}
	if err := a.readWays(v, &c); err != nil {
		return nil, err
	}
	err = a.Notify.SetChoice(v.Context, v.Session.Person, c)
	if errors.KindOf(err) == errors.Invalid && v.Form.Get("quoi") == "heures" {
		page, failed := a.waysPage(v, c, err)
		if failed != nil {
			return nil, failed
		}
		return visit.Again(page), nil
	}
	if err != nil {
		return nil, err
	}
	return visit.GoTo(choicePath).Say("web.ways.saved"), nil
}

func (a *App) readWays(v *visit.Visit, c *notify.Choice) (err error) {
	number := func(name string) int {
		n, wrong := strconv.Atoi(v.Form.Get(name))
		if wrong != nil && err == nil {
			err = errors.New(errors.Invalid, "web.garbage")
		}
		return n
	}
	switch v.Form.Get("quoi") {
	case "heures":
		c.Opens, c.Closes = number("de"), number("jusque")
		c.WeekEnds, c.Always = v.Form.Get("semaine") != "", v.Form.Get("toujours") != ""
		return err
	case "resume":
		c.Hour, c.Weekly = number("heure"), v.Form.Get("jour") != ""
		if c.Weekly {
			c.Weekday = time.Weekday(number("jour"))
		}
		return err
	}
	c.Unmailed = nil
	if v.Form.Get("quoi") != "detail" {
		c.Preset = notify.Preset(strings.TrimPrefix(v.Form.Get("choix"), "now"))
		return nil
	}
	kinds, err := a.kindsFor(v)
	if err != nil {
		return err
	}
	c.Preset, c.Ways = notify.Own, maps.Clone(c.Ways)
	if c.Ways == nil {
		c.Ways = map[string][]manifest.Way{}
	}
	for _, k := range kinds {
		chosen := []manifest.Way{} // nothing is a choice too
		for _, w := range v.Form[kindField+k.Key()] {
			chosen = append(chosen, manifest.Way(w))
		}
		c.Ways[k.Key()] = chosen
	}
	return nil
}
