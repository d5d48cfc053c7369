package web

import (
	"net/url"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

const noticesOnPage = 30

// showNotices answers the visitor's notices, the newest first.
func (a *App) showNotices(v *visit.Visit) (*visit.Answer, error) {
	all, next, err := a.Notify.List(v.Context, v.School(), v.Session.Person, v.Query.Get("suite"), noticesOnPage)
	if err != nil {
		return nil, err
	}
	items := make([]*ui.Item, 0, len(all))
	unread := false
	for _, n := range all {
		items = append(items, a.noticeItem(v, n))
		unread = unread || !n.Read
	}
	page := ui.NewPage("web.notices.title")
	if unread {
		page.Nodes = append(page.Nodes, ui.Act(ui.Button(draw.Notices, "web.notices.read")))
	}
	page.Nodes = append(page.Nodes, ui.Empty(ui.List(items...), "web.notices.none", ui.To("/", "web.nav.home")))
	if next != "" {
		page.Nodes = append(page.Nodes, ui.Toolbar(ui.To(draw.Notices+"?suite="+url.QueryEscape(next), "web.notices.more")))
	}
	return visit.Show(page), nil
}

// noticeItem puts a notice in words already: its keys are those of the module
// that sent it, while the page is the core's.
func (a *App) noticeItem(v *visit.Visit, n notify.Notice) *ui.Item {
	item := &ui.Item{Title: ui.S(v.Say.In(n.Module).Text(n.Text)), About: n.About, When: timestamppb.New(n.At)}
	if n.Link != nil {
		item.Link = &ui.Link{Module: n.Link.Module, Path: n.Link.Path, Label: item.Title}
		if item.Link.Module == "" {
			item.Link.Module = string(n.Module)
		}
	}
	if !n.Read {
		item.Tone, item.Badge = ui.Info, ui.T("web.notices.new")
	}
	return item
}

// readNotices marks notices read: those named, else all.
func (a *App) readNotices(v *visit.Visit) (*visit.Answer, error) {
	if err := a.Notify.MarkRead(v.Context, v.School(), ids.PersonID(v.Session.Person), v.Form["avis"]...); err != nil {
		return nil, err
	}
	return visit.GoTo(draw.Notices), nil
}
