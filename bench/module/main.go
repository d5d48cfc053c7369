// Command module is what the benchmarks load: one page, drawn or as ready bytes,
// and two widgets of the size of real ones, no store.
package main

import (
	"net/http"
	"strconv"

	"github.com/preau-ent/preau/bench/tree"
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

func main() {
	m := sdk.New()
	m.Page("GET /", func(*sdk.Request) (*ui.Page, error) { return tree.Page, nil })
	ready, err := ui.Encode(tree.Page)
	if err != nil {
		panic(err)
	}
	m.Handle("GET /octets", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", wire.MediaType)
		w.Header().Set("Content-Length", strconv.Itoa(len(ready)))
		w.Write(ready)
	}))
	m.Widget("liste", func(*sdk.WidgetRequest) (*ui.Node, error) { return tree.List(6), nil })
	m.Widget("page", func(*sdk.WidgetRequest) (*ui.Node, error) { return tree.Long, nil })
	sdk.Serve(m)
}
