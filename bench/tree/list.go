package tree

import (
	"strconv"
	"time"

	"github.com/preau-ent/preau/sdk/ui"
)

// Items is how long the list of a page is: about 3 KB on the wire.
const Items = 20

// Page and Long are built once: what is measured is the way, not the work.
var (
	Page = ui.NewPage("bench.name", List(Items))
	Long = List(Items)
)

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
