// Command module is what the benchmarks load: one page and two widgets of the
// size of real ones, no store.
package main

import (
	"github.com/preau-ent/preau/bench/tree"
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ui"
)

func main() {
	m := sdk.New()
	m.Page("GET /", func(*sdk.Request) (*ui.Page, error) { return tree.Page, nil })
	m.Widget("liste", func(*sdk.WidgetRequest) (*ui.Node, error) { return tree.List(6), nil })
	m.Widget("page", func(*sdk.WidgetRequest) (*ui.Node, error) { return tree.Long, nil })
	sdk.Serve(m)
}
