package sdk

import (
	"strconv"
	"strings"
)

// Option returns what the person set of this instance of the widget: a text, or
// the default of the manifest.
func (r *WidgetRequest) Option(name string) string { return r.Options[name] }

// Count returns a whole number that the person set, between 0 and most;
// otherwise is for what is not set or no number.
func (r *WidgetRequest) Count(name string, otherwise, most int) int {
	n, err := strconv.Atoi(r.Options[name])
	if err != nil || n <= 0 {
		return otherwise
	}
	return min(n, most)
}

// Chose reports whether a setting is on, or a list holds the value.
func (r *WidgetRequest) Chose(name, value string) bool {
	for one := range strings.SplitSeq(r.Options[name], ",") {
		if one == value {
			return true
		}
	}
	return false
}
