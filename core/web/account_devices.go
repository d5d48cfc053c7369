package web

import (
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ui"
)

const (
	devicesPath = "/compte/appareils"
	endOnePath  = "/compte/appareils/fermer" // appareil=<session>
	endAllPath  = "/compte/sessions"
)

// showDevices answers where the visitor is signed in, this browser first.
func (a *App) showDevices(v *visit.Visit) (*visit.Answer, error) {
	all, err := a.Identity.Devices(v.Context, v.Session.Person)
	if err != nil {
		return nil, err
	}
	var items []*ui.Item
	for _, d := range all {
		name := ui.S(d.Name)
		if d.Name == "" {
			name = ui.T("web.device.unknown")
		}
		item := &ui.Item{Title: name, Detail: ui.T("web.device.since", "from", d.Created), When: timestamppb.New(d.Seen), Icon: ui.IconComputer}
		if d.ID == v.Session.ID {
			item.Badge, item.Tone = ui.T("web.device.here"), ui.Ok
			items = append([]*ui.Item{item}, items...)
			continue
		}
		item.Actions = []*ui.Action{ui.Confirm(ui.Button(endOnePath, "web.device.end", "appareil", d.ID), "web.device.sure")}
		items = append(items, item)
	}
	return visit.Show(AccountPage("web.account.sessions", ui.Text("web.account.sessions.detail"), ui.List(items...),
		ui.Act(ui.Confirm(ui.Button(endAllPath, "web.account.sessions.end"), "web.account.sessions.sure")))), nil
}

// endDevice signs the visitor out on one device.
func (a *App) endDevice(v *visit.Visit) (*visit.Answer, error) {
	if err := a.Identity.EndDevice(v.Context, v.Session.Person, v.Form.Get("appareil")); err != nil {
		return nil, err
	}
	if v.Form.Get("appareil") == v.Session.ID {
		return visit.GoTo(draw.SignInPath), nil
	}
	return visit.GoTo(devicesPath).Say("web.device.ended"), nil
}

// endSessions signs the visitor out everywhere, here too.
func (a *App) endSessions(v *visit.Visit) (*visit.Answer, error) {
	if err := a.Identity.SignOutEverywhere(v.Context, v.Session.Person); err != nil {
		return nil, err
	}
	return visit.GoTo(draw.SignInPath), nil
}
