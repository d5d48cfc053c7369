package host

import (
	"slices"

	"github.com/preau-ent/preau/sdk/ids"
)

// Missing lists the modules a school switched on that are not in the
// catalogue: their folder went away or is no valid module any more.
func (h *Host) Missing(school ids.SchoolID) []ids.ModuleID {
	var out []ids.ModuleID
	for id := range (*h.switches.Load())[school] {
		if h.known().modules[id] == nil {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}
