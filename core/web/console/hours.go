package console

import (
	"slices"
	"strconv"
	"time"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

const (
	hoursPath   = root + "/publication"
	holidayPath = hoursPath + "/vacances"  // nom, du, au
	openPath    = holidayPath + "/retirer" // du, au
	tryMailPath = hoursPath + "/courriel"
)

// hourRoutes are the addresses of when the school publishes.
func (c *Console) hourRoutes(permission ids.Permission) []visit.Route {
	return []visit.Route{
		{Method: "GET", Path: hoursPath, Permission: permission, Handle: c.showHours},
		{Method: "POST", Path: hoursPath, Permission: permission, Handle: c.setHours},
		{Method: "POST", Path: holidayPath, Permission: permission, Handle: c.addHoliday},
		{Method: "POST", Path: openPath, Permission: permission, Handle: c.dropHoliday},
		{Method: "POST", Path: tryMailPath, Permission: permission, Handle: c.tryMail},
	}
}

// showHours answers when the school publishes to families, and how mails go.
func (c *Console) showHours(v *visit.Visit) (*visit.Answer, error) {
	h, err := c.Notify.Hours(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	p, err := c.hoursPage(v, hoursForm(v, h), holidayForm(), h)
	if err != nil {
		return nil, err
	}
	return visit.Show(p), nil
}

func (c *Console) hoursPage(v *visit.Visit, form, holiday *ui.Form, h notify.Hours) (*ui.Page, error) {
	now := c.Notify.Now()
	next, held, err := c.Notify.Next(v.Context, v.School(), now, ids.Parent)
	if err != nil {
		return nil, err
	}
	state := ui.Banner(ui.Ok, "console.hours.open")
	if held {
		state = ui.Banner(ui.Info, "console.hours.held", "at", ui.S(v.Say.When(next)))
	}
	missed, err := c.missed(v)
	if err != nil {
		return nil, err
	}
	nodes := append([]*ui.Node{state}, missed...)
	return page(ui.T("console.hours"), nil, append(nodes, ui.Text("console.hours.lead"), ui.FormOf(form),
		ui.Section("console.hours.holidays", ui.Empty(holidayList(h), "console.hours.holidays.none", ui.Onto(newOne, ui.To(hoursPath, "console.hours.holiday.new"))), ui.Named(newOne, ui.FormOf(holiday))),
		ui.Section("console.hours.mail", c.mailState(v)...))...), nil
}

// missed warns of announcements that are over before families may read them with
// the hours as they are, and leads who may change them there; nothing for none.
func (c *Console) missed(v *visit.Visit) ([]*ui.Node, error) {
	list, err := c.Home.Missed(v.Context, v.School())
	if err != nil || len(list) == 0 {
		return nil, err
	}
	var items []*ui.Item
	for _, a := range list {
		item := &ui.Item{Title: ui.S(titleOf(a)), Icon: ui.IconMegaphone, Tone: ui.Warn,
			Detail: ui.T("console.hours.missed.until", "until", moment(v, a.Until), "at", moment(v, a.Families))}
		if c.may(v, access.AdminBanner) {
			item.Link = ui.ToOf(newsPath+"/"+a.ID, ui.S(titleOf(a)))
		}
		items = append(items, item)
	}
	return []*ui.Node{ui.Banner(ui.Warn, "console.hours.missed", "n", len(list)), ui.List(items...)}, nil
}

func hoursForm(v *visit.Visit, h notify.Hours) *ui.Form {
	return ui.NewForm(hoursPath, "console.save",
		hourField(v, "ouvre", "console.hours.opens", h.Opens), hourField(v, "ferme", "console.hours.closes", h.Closes),
		ui.CheckField("semaine", "console.hours.weekends", ui.Checked(h.WeekEnds)),
		ui.CheckField("toujours", "console.hours.always", ui.Checked(h.Always), ui.Help("console.hours.always.help")))
}

// hourField offers a day's half hours, in minutes after midnight.
func hourField(v *visit.Visit, name, label string, chosen int) *ui.Field {
	var options []*ui.Option
	for m := 0; m < 24*60; m += 30 {
		options = append(options, ui.OptionOf(strconv.Itoa(m), ui.S(v.Say.Clock(time.Date(2026, 1, 1, 0, m, 0, 0, v.Say.Zone)))))
	}
	options = append(options, ui.OptionOf(strconv.Itoa(24*60), ui.T("console.hours.midnight")))
	return ui.ChoiceField(name, label, options, ui.Chosen(strconv.Itoa(chosen)))
}

func holidayForm() *ui.Form {
	return ui.NewForm(holidayPath, "console.hours.holiday.add",
		ui.TextField("nom", "console.hours.holiday.name", ui.Required(), ui.Max(80)),
		ui.DateField("du", "console.hours.holiday.from", ui.Required()), ui.DateField("au", "console.hours.holiday.to", ui.Required()))
}

func holidayList(h notify.Hours) *ui.Node {
	var items []*ui.Item
	for _, one := range h.Holidays {
		from, _ := time.Parse(time.DateOnly, one.From) // both were checked when they were kept
		to, _ := time.Parse(time.DateOnly, one.To)
		items = append(items, &ui.Item{Title: ui.S(one.Name),
			Detail:  ui.T("console.hours.holiday.span", "from", from.Add(12*time.Hour), "to", to.Add(12*time.Hour)),
			Actions: []*ui.Action{ui.Danger(ui.Button(openPath, "console.hours.holiday.drop", "du", one.From, "au", one.To), "console.hours.holiday.sure")}})
	}
	return ui.List(items...)
}

// mailState says how mails go, and offers to try.
func (c *Console) mailState(v *visit.Visit) []*ui.Node {
	if c.Mail == nil {
		return []*ui.Node{ui.Banner(ui.Info, "console.mail.off")}
	}
	s := c.Mail.State()
	last := ui.T("console.mail.never")
	if !s.Last.IsZero() {
		last = ui.S(v.Say.When(s.Last))
	}
	nodes := []*ui.Node{ui.Facts(ui.FactOf("console.mail.server", ui.S(s.Server)), ui.FactOf("console.mail.from", ui.S(s.From)),
		ui.FactOf("console.mail.last", last), ui.FactOf("console.mail.sent", ui.S(v.Say.Integer(int64(s.Sent)))),
		ui.FactOf("console.mail.failed", ui.S(v.Say.Integer(int64(s.Failed)))))}
	if s.Error != "" {
		nodes = append(nodes, ui.Banner(ui.Bad, "console.mail.error", "at", ui.S(v.Say.When(s.Since)), "why", s.Error))
	}
	return append(nodes, ui.Act(ui.Button(tryMailPath, "console.mail.try")))
}

// tryMail sends the visitor a mail at once.
func (c *Console) tryMail(v *visit.Visit) (*visit.Answer, error) {
	m, err := c.Identity.Member(v.Context, v.School(), v.Session.Person)
	if err != nil {
		return nil, err
	}
	to, err := c.Identity.EmailOf(v.Context, m)
	if err != nil {
		return nil, err
	}
	answer := visit.GoTo(hoursPath)
	switch {
	case c.Mail == nil:
		answer.Say("console.mail.off")
	case to == "":
		answer.Say("console.mail.noaddress")
	default:
		err := c.Notify.Write(v.Context, v.School(), v.Session.Person, to,
			ui.PageOf(ui.T("console.mail.subject", "school", v.Session.Viewer.GetSchoolName()), ui.Text("console.mail.text")))
		if err == nil {
			return answer.Say("console.mail.gone", "address", to), nil
		}
		key, _ := errors.Public(err)
		answer.Say(key)
	}
	answer.Tone = ui.Warn
	return answer, nil
}

// withHoliday returns the hours with one more span, in order.
func withHoliday(h notify.Hours, one notify.Holiday) notify.Hours {
	h.Holidays = append(slices.Clone(h.Holidays), one)
	slices.SortFunc(h.Holidays, func(a, b notify.Holiday) int {
		if a.From < b.From {
			return -1
		}
		return 1
	})
	return h
}
