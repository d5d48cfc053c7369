package manifest

import (
	"regexp"
	"slices"
)

var goodID = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`) // as in the schema

// GoodID reports whether a word may be the id of a module: at most 32 lower-case
// letters, digits and single dashes, a letter first.
func GoodID(word string) bool { return len(word) <= 32 && goodID.MatchString(word) }

// Reserved reports an id that no module may have: the core's own names, and what
// lies next to the executable in a module's folder.
func Reserved(id string) bool { return slices.Contains([]string{"core", "preau", "locales"}, id) }
