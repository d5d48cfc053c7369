package web

import (
	"context"
	"strings"

	"github.com/preau-ent/preau/core/push"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

const (
	pushPath   = "/compte/notifications/navigateur"         // endpoint, p256dh, auth: this browser wants to be reached
	pushGoPath = "/compte/notifications/navigateur/oublier" // none of the visitor's browsers any more
)

// Pusher keeps the browsers that want to be reached; [push.Service] is one.
type Pusher interface {
	Key() string
	Subscribe(ctx context.Context, person ids.PersonID, name string, sub push.Subscription) error
	Forget(ctx context.Context, person ids.PersonID) error
	Browsers(ctx context.Context, person ids.PersonID) ([]string, error)
}

var _ Pusher = (*push.Service)(nil)

// pushForm asks this browser to be reached even when it is closed. The script
// fills in its subscription; without one the answer says what is missing.
func (a *App) pushForm(v *visit.Visit) []*ui.Node {
	if a.Push == nil {
		return nil
	}
	names, err := a.Push.Browsers(v.Context, v.Session.Person)
	if err != nil {
		a.Log.Error("web: browsers", "error", err)
		return nil
	}
	form := ui.Carry(ui.NewForm(pushPath, "web.push.here"), map[string]string{"cle": a.Push.Key(), "endpoint": "", "p256dh": "", "auth": ""})
	nodes := []*ui.Node{ui.Text("web.push.detail")}
	if len(names) > 0 {
		nodes = append(nodes, ui.Text("web.push.count", "n", len(names), "names", v.Say.List(names)))
	}
	nodes = append(nodes, ui.FormOf(form))
	if len(names) > 0 {
		nodes = append(nodes, ui.Act(ui.Confirm(ui.Button(pushGoPath, "web.push.forget"), "web.push.forget.sure")))
	}
	return nodes
}

// subscribePush keeps the visitor's browser.
func (a *App) subscribePush(v *visit.Visit) (*visit.Answer, error) {
	if a.Push == nil || v.Form.Get("endpoint") == "" {
		answer := visit.GoTo(choicePath).Say("web.push.script")
		answer.Tone = ui.Warn
		return answer, nil
	}
	name := strings.TrimSpace(v.Form.Get("nom"))
	if name == "" || len(name) > 60 {
		name = v.Say.T("web.push.browser")
	}
	err := a.Push.Subscribe(v.Context, v.Session.Person, name, push.Subscription{Endpoint: v.Form.Get("endpoint"),
		Keys: push.Keys{P256dh: v.Form.Get("p256dh"), Auth: v.Form.Get("auth")}})
	if err != nil {
		return nil, err
	}
	return visit.GoTo(choicePath).Say("web.push.on"), nil
}

// forgetPush forgets every browser of the visitor.
func (a *App) forgetPush(v *visit.Visit) (*visit.Answer, error) {
	if a.Push != nil {
		if err := a.Push.Forget(v.Context, v.Session.Person); err != nil {
			return nil, err
		}
	}
	return visit.GoTo(choicePath).Say("web.push.off"), nil
}
