package web

import (
	"net/http"
	"strings"

	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/sdk/ui"
)

// showStop asks before mails end: what looks at links ahead of their reader ends
// nothing.
func (a *App) showStop(c *call) error {
	token := strings.Clone(c.Params("token"))
	if _, err := a.Notify.Stopping(token); err != nil {
		return err
	}
	return c.sendPage(http.StatusOK, "", ui.NewPage("web.stop.title", ui.Text("web.stop.ask"),
		ui.Act(ui.Primary(ui.Button(notify.StopPrefix+token, "web.stop.do")))))
}

// stopMail ends mails at one POST (RFC 8058): from a mail program, which has neither
// session nor origin, or from the page above. The address is the permission.
func (a *App) stopMail(c *call) error {
	if err := a.Notify.Stop(c.UserContext(), strings.Clone(c.Params("token"))); err != nil {
		return err
	}
	return c.sendPage(http.StatusOK, "", ui.NewPage("web.stop.title", ui.Banner(ui.Ok, "web.stop.done"),
		ui.Toolbar(ui.To(choicePath, "web.notices.choose"))))
}

// noticeRoutes are the addresses that mails lead to without a session.
func (a *App) noticeRoutes() []route {
	return []route{
		{method: "GET", path: notify.StopPrefix + ":token", bare: true, handle: a.showStop},
		{method: "POST", path: notify.StopPrefix + ":token", bare: true, handle: a.stopMail},
	}
}
