package web

import (
	"net/http"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/valyala/fasthttp/fasthttpadaptor"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// showStatus answers whether each service works, in words a parent understands:
// no versions, no processes. Those of the visitor's school when there is one.
func (a *App) showStatus(v *visit.Visit) (*visit.Answer, error) {
	var items []*ui.Item
	for _, m := range a.Host.Modules() {
		manifest, err := a.Host.Manifest(m.ID)
		if err != nil || !a.concerns(v, m.ID) {
			continue
		}
		item := &ui.Item{Title: ui.S(v.Say.In(m.ID).T(manifest.Name)), Icon: manifest.Icon, Tone: ui.Ok, Badge: ui.T("web.status.works")}
		switch {
		case a.Host.Halted(v.School(), m.ID):
			item.Tone, item.Badge = ui.Bad, ui.T("web.status.halted")
		case m.State == supervise.Quarantined:
			item.Tone, item.Badge = ui.Bad, ui.T("web.status.aside")
		case m.State != supervise.Serving:
			item.Tone, item.Badge = ui.Warn, ui.T("web.status.away")
		}
		items = append(items, item)
	}
	return visit.Show(ui.NewPage("web.status.title", ui.Text("web.status.core"),
		ui.Empty(ui.List(items...), "web.status.none", nil))), nil
}

// concerns reports whether a module matters to the visitor.
func (a *App) concerns(v *visit.Visit, module ids.ModuleID) bool {
	if v.Session == nil {
		return false
	}
	for _, id := range a.Host.Enabled(v.School()) {
		if id == module {
			return true
		}
	}
	return false
}

// showHealth answers as soon as the core answers at all.
func (a *App) showHealth(c *call) error {
	return c.send(fiber.StatusOK, fiber.MIMETextPlainCharsetUTF8, []byte("ok\n"))
}

// showReady answers 200 once every enabled module has settled, else who does not
// serve.
func (a *App) showReady(c *call) error {
	view := readiness{Ready: a.Host.Ready(), Missing: []missingModule{}}
	if view.Ready {
		return c.sendJSON(fiber.StatusOK, view)
	}
	for _, m := range a.Host.Modules() {
		if m.State != supervise.Serving && !m.Halted && len(a.Host.Schools(m.ID)) > 0 {
			view.Missing = append(view.Missing, missingModule{m.ID, string(m.State)})
		}
	}
	return c.sendJSON(fiber.StatusServiceUnavailable, view)
}

type readiness struct {
	Ready   bool            `json:"ready"`
	Missing []missingModule `json:"missing"`
}

type missingModule struct {
	ID    ids.ModuleID `json:"id"`
	State string       `json:"state"`
}

// showMetrics answers a program of this machine, and who runs the ENT.
func (a *App) showMetrics(c *call) error {
	if err := a.signedIn(c); err != nil {
		return err
	}
	if !c.local() && !c.may(access.AdminModules) {
		return errors.New(errors.NotFound, "web.notfound")
	}
	fasthttpadaptor.NewFastHTTPHandler(a.Measures())(c.Context())
	return nil
}

// Measures answers Prometheus, whoever asks: it is for an address of its own,
// which no proxy leads to.
func (a *App) Measures() http.Handler { return promhttp.HandlerFor(a.Metrics, promhttp.HandlerOpts{}) }
