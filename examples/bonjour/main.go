package main

import (
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ui"
)

func main() {
	m := sdk.New()
	m.Page("GET /", func(r *sdk.Request) (*ui.Page, error) {
		return ui.NewPage("bonjour.title", ui.Text("bonjour.hello", "name", r.Viewer.FirstName)), nil
	})
	m.Widget("bonjour", func(*sdk.WidgetRequest) (*ui.Node, error) { return ui.Banner(ui.Info, "bonjour.welcome"), nil })
	sdk.Serve(m)
}
