package web

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

const noticesOnPage = 30

// showNotices answers the visitor's notices of all their schools, the newest
// first.
func (a *App) showNotices(v *visit.Visit) (*visit.Answer, error) {
	var before time.Time
	if q := v.Query.Get("avant"); q != "" {
		var err error
		if before, err = time.Parse(time.RFC3339Nano, q); err != nil {
			return nil, errors.Wrap(err, errors.Invalid, "web.garbage")
		}
	}
	all, err := a.Notify.Feed(v.Context, v.Session.Person, schoolsOf(v.Session), before, noticesOnPage+1)
	if err != nil {
		return nil, err
	}
	page := ui.NewPage("web.notices.title")
	tools := ui.Toolbar(nil, ui.WithIcon(ui.IconBell, ui.To(choicePath, "web.notices.choose")))
	var items []*ui.Item
	for _, n := range all[:min(len(all), noticesOnPage)] {
		items = append(items, a.noticeItem(v, n))
	}
	unread, err := a.Notify.UnreadOf(v.Context, v.Session.Person, schoolsOf(v.Session)...)
	if err != nil {
		return nil, err
	}
	if unread > 0 {
		tools.GetToolbar().Actions = append(tools.GetToolbar().Actions, ui.Button(draw.Notices, "web.notices.read"))
	}
	page.Nodes = append(page.Nodes, tools, ui.Empty(ui.List(items...), "web.notices.none", ui.To("/", "web.nav.backhome")))
	if len(all) > noticesOnPage {
		last := all[noticesOnPage-1].At.UTC().Format(time.RFC3339Nano)
		page.Nodes = append(page.Nodes, ui.Toolbar(ui.To(draw.Notices+"?avant="+last, "web.notices.more")))
	}
	return visit.Show(page), nil
}

// noticeItem puts a notice in words already: its keys are those of the module
// that sent it, while the page is the core's. It names the school and the
// children it is about, wherever it is read.
func (a *App) noticeItem(v *visit.Visit, n notify.Notice) *ui.Item {
	item := &ui.Item{Title: ui.S(v.Say.In(n.Module).Text(n.Text)), About: n.About, When: timestamppb.New(n.At), Detail: ui.S(schoolName(v, n.School))}
	if n.Again > 0 {
		item.Detail = ui.T("web.notices.again", "n", n.Again, "school", schoolName(v, n.School))
	}
	if n.Link != nil {
		item.Link = &ui.Link{Path: n.Address(), Label: item.Title}
	}
	if !n.Read {
		item.Tone, item.Badge = ui.Info, ui.T("web.notices.new")
	}
	return item
}

// schoolName is the name of one of the visitor's schools.
func schoolName(v *visit.Visit, school ids.SchoolID) string {
	for _, b := range v.Session.Schools {
		if b.School == school {
			return b.Name
		}
	}
	return string(school)
}

// openNotice marks a notice read and leads to what it is about.
func (a *App) openNotice(v *visit.Visit) (*visit.Answer, error) {
	n, err := a.Notify.Get(v.Context, v.School(), v.Session.Person, v.Params["id"])
	if err != nil {
		return nil, err
	}
	if !n.Read {
		if err := a.Notify.MarkRead(v.Context, v.School(), v.Session.Person, n.ID); err != nil {
			return nil, err
		}
	}
	if n.Link == nil {
		return visit.GoTo(draw.Notices), nil
	}
	module := ids.ModuleID(n.Link.GetModule())
	if module == "" {
		module = n.Module
	}
	return visit.GoTo(localPath(draw.Href(module, n.Link.GetPath()))), nil
}

// readNotices marks notices of this school read: those named; without names all,
// in every school.
func (a *App) readNotices(v *visit.Visit) (*visit.Answer, error) {
	if named := v.Form["avis"]; len(named) > 0 {
		if err := a.Notify.MarkRead(v.Context, v.School(), v.Session.Person, named...); err != nil {
			return nil, err
		}
		return visit.GoTo(draw.Notices), nil
	}
	for _, school := range schoolsOf(v.Session) {
		if err := a.Notify.MarkRead(v.Context, school, v.Session.Person); err != nil {
			return nil, err
		}
	}
	return visit.GoTo(draw.Notices), nil
}
