package web

import (
	"slices"

	"github.com/preau-ent/preau/core/home"
)

// backs are the pages of the core that show buttons of modules.
var backs = []string{"/", home.WeekPath}

// back is the page of the core from which a module's button was pressed, "" for
// a page of the module: it leads where the module says.
func (c *call) back() string {
	if to := c.Query(home.BackTo); c.unsafe() && slices.Contains(backs, to) {
		return to
	}
	return ""
}
