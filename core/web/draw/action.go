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

// linkClass is that of a link; among quiet buttons the one that loses something is
// no quiet one.
func linkClass(l *ui.Link, class string) string {
	if l.Tone == ui.Bad && class == "button quiet" {
		return "button danger"
	}
	return class
}

// sortedNames makes the same map look the same every time.
func sortedNames(values map[string]string) []string {
	return slices.Sorted(maps.Keys(values))
}
