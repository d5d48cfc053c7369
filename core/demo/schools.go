package demo

import (
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/sdk/ids"
)

// outline is what a demonstration school is made from.
type outline struct {
	school   identity.School
	look     theme.Look // of its own, if any: whose children are in both sees which is which
	classes  []level
	subjects []string // one teacher each, who teaches every class
	groups   []option
}

// level is a class and how old its pupils are in the calendar year in which
// the school year begins.
type level struct {
	name string
	age  int
}

// option is a group across classes: every second pupil of them.
type option struct {
	name    string
	subject string // whose teacher is in the group
	classes []string
}

const pupilsPerClass = 12

// The UAI codes have right check letters and belong to nobody: no académie has
// the number 999.
var outlines = []outline{
	{
		school: identity.School{ID: "9990001X", Name: "Collège des Trois-Rivières", Kind: identity.College, TimeZone: "Europe/Paris", Locale: "fr"},
		classes: []level{
			{"6e A", 11}, {"5e B", 12}, {"4e C", 13}, {"3e A", 14},
		},
		subjects: []string{
			"Mathématiques", "Français", "Histoire-géographie", "Anglais",
			"Sciences de la vie et de la Terre", "Physique-chimie", "Éducation physique et sportive", "Latin",
		},
		groups: []option{{"Latin 4e-3e", "Latin", []string{"4e C", "3e A"}}},
	},
	{
		school: identity.School{ID: "9990002Y", Name: "Lycée du Grand-Large", Kind: identity.Lycee, TimeZone: "Europe/Paris", Locale: "fr"},
		look:   theme.Look{Pack: "lycee"},
		classes: []level{
			{"2de 1", 15}, {"1re G", 16}, {"Tle G", 17},
		},
		subjects: []string{
			"Mathématiques", "Français", "Philosophie", "Histoire-géographie",
			"Anglais", "Physique-chimie", "Sciences économiques et sociales", "Éducation physique et sportive",
		},
		groups: []option{{"Spécialité mathématiques", "Mathématiques", []string{"1re G", "Tle G"}}},
	},
}

// offices are the people of a school who teach no class.
var offices = []ids.Profile{ids.Direction, ids.VieScol, ids.Personnel}

// households are the families whose children sit in known classes, first those
// that show something: two children in one school, one in each school. The
// others are drawn.
var households = [][]seat{
	{{0, "6e A"}, {0, "4e C"}},
	{{0, "5e B"}, {1, "2de 1"}},
	{{0, "3e A"}, {1, "1re G"}, {1, "Tle G"}},
	{{1, "2de 1"}, {1, "Tle G"}},
	{{0, "6e A"}, {0, "5e B"}, {0, "3e A"}},
	{{0, "4e C"}, {1, "1re G"}},
}

// seat is a place in a class of one of the outlines.
type seat struct {
	school int
	class  string
}
