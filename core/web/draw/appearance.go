package draw

import (
	"slices"
	"strings"

	"github.com/a-h/templ"
)

// Looks is where a person chooses how pages look (GET, POST).
const Looks = "/compte/affichage"

// Appearance is how a person wants pages to look; the zero one follows their
// device and the school's theme. Each field is "" or one of the words of
// [Appearances].
type Appearance struct {
	Mode     string // clair, sombre; "": the device's
	Contrast string // fort
	Size     string // grand, tresgrand
	Font     string // dys: letters that are hard to mistake for one another
	Motion   string // reduit
	Slow     string // lent: fonts of the theme and pictures that only adorn are left out
}

// Choices is one thing a person may choose: the words it may have besides "",
// and the attribute of the page's root element that bears it.
type Choices struct {
	Name      string // of the form's field
	Attribute string
	Words     []string
	of        func(*Appearance) *string
}

// Appearances lists what may be chosen, in the order of the page.
var Appearances = []Choices{
	{"apparence", "data-mode", []string{"clair", "sombre"}, func(a *Appearance) *string { return &a.Mode }},
	{"contraste", "data-contrast", []string{"fort"}, func(a *Appearance) *string { return &a.Contrast }},
	{"taille", "data-size", []string{"grand", "tresgrand"}, func(a *Appearance) *string { return &a.Size }},
	{"police", "data-font", []string{"dys"}, func(a *Appearance) *string { return &a.Font }},
	{"mouvement", "data-motion", []string{"reduit"}, func(a *Appearance) *string { return &a.Motion }},
	{"connexion", "data-lent", []string{"lent"}, func(a *Appearance) *string { return &a.Slow }},
}

// Of returns the word chosen, "" when none is.
func (c Choices) Of(a Appearance) string { return *c.of(&a) }

// Set chooses a word, and reports whether it may be: "" and "auto" are none.
func (c Choices) Set(a *Appearance, word string) bool {
	if word == "auto" {
		word = ""
	}
	if word != "" && !slices.Contains(c.Words, word) {
		return false
	}
	*c.of(a) = word
	return true
}

// attributeOf is the attribute that bears the choice of a field, "" for none.
func attributeOf(field string) string {
	for _, c := range Appearances {
		if c.Name == field {
			return c.Attribute
		}
	}
	return ""
}

// String writes the words with dots between them, "auto" when there are none:
// for a cookie, an account or the key of a cache.
func (a Appearance) String() string {
	var words []string
	for _, c := range Appearances {
		if word := c.Of(a); word != "" {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return "auto"
	}
	return strings.Join(words, ".")
}

// ParseAppearance reads what String wrote. Words it does not know are left out:
// a cookie says whatever somebody put there.
func ParseAppearance(s string) (a Appearance) {
	for word := range strings.SplitSeq(s, ".") {
		for _, c := range Appearances {
			if slices.Contains(c.Words, word) {
				c.Set(&a, word)
			}
		}
	}
	return a
}

// marks are the attributes of the root element.
func (a Appearance) marks() templ.Attributes {
	marks := templ.Attributes{"data-mode": "auto"}
	for _, c := range Appearances {
		if word := c.Of(a); word != "" {
			marks[c.Attribute] = word
		}
	}
	return marks
}
