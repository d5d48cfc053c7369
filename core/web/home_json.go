package web

import (
	"encoding/json"
	"time"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/ui"
)

type homeView struct {
	Mode    home.Mode    `json:"mode"`
	Page    string       `json:"page,omitempty"`  // the further page that this is
	Pages   []pageView   `json:"pages,omitempty"` // an expert's further pages, in order
	Widgets []widgetView `json:"widgets"`
}

type pageView struct {
	ID   string `json:"id"` // of ?page=
	Name string `json:"name"`
}

type widgetView struct {
	Instance string          `json:"instance"`
	Widget   string          `json:"widget"`
	Name     string          `json:"name"`
	Size     home.Size       `json:"size"`
	State    home.State      `json:"state"`
	At       *time.Time      `json:"at,omitempty"`     // when what is shown was asked for
	Good     *time.Time      `json:"good,omitempty"`   // state error: the last good copy
	Halted   bool            `json:"halted,omitempty"` // state error: the module was stopped by hand
	Aside    bool            `json:"aside,omitempty"`  // state error: the module was put aside after failures
	Node     json.RawMessage `json:"node,omitempty"`
}

// homeJSON answers the same widgets as the page.
func (a *App) homeJSON(c *call, composed *home.Composed) error {
	view := homeView{Mode: composed.Mode, Page: composed.Sheet, Widgets: []widgetView{}}
	for _, t := range composed.Sheets {
		view.Pages = append(view.Pages, pageView(t))
	}
	for i := range composed.Widgets {
		w, err := a.widgetJSON(c, &composed.Widgets[i])
		if err != nil {
			return err
		}
		view.Widgets = append(view.Widgets, w)
	}
	return c.sendJSON(200, view)
}

func (a *App) widgetJSON(c *call, w *home.Placed) (widgetView, error) {
	module := drawnBy(w.Module())
	out := widgetView{Instance: w.Instance, Widget: w.Widget, Name: c.widget(w).Name, Size: w.Size, State: w.State, Halted: w.Halt, Aside: w.Aside}
	if !w.Good.IsZero() {
		out.Good = &w.Good
	}
	if w.Node == nil {
		return out, nil
	}
	out.At = &w.At
	b, err := ui.JSON(draw.Resolve(c.drawing().In(module), w.Node))
	out.Node = b
	return out, err
}
