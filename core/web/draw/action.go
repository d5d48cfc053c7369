package draw

import (
	"maps"
	"slices"

	"github.com/preau-ent/preau/sdk/ui"
)

func buttonClass(a *ui.Action) string {
	switch {
	case a.Tone == ui.Bad:
		return "danger"
	case a.Primary:
		return "primary"
	}
	return "quiet"
}

// sortedNames makes the same map look the same every time.
func sortedNames(values map[string]string) []string {
	return slices.Sorted(maps.Keys(values))
}
