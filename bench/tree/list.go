package tree

import (
	"strconv"
	"time"

	"github.com/preau-ent/preau/sdk/ui"
)

// Page is a page with a list of 20 items, about 3 KB on the wire.
func Page() *ui.Page { return ui.NewPage("bench.name", List(20)) }

// List looks like a list of homework.
func List(n int) *ui.Node {
	due := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	items := make([]*ui.Item, n)
	for i := range items {
		items[i] = &ui.Item{
			Title:  ui.S("Exercices " + strconv.Itoa(i) + " à 12 page 84, à rédiger au propre"),
			Detail: ui.T("bench.detail", "n", i+1, "le", due),
			Link:   ui.To("/", "bench.name"),
		}
	}
	return ui.List(items...)
}
