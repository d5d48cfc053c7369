package theme

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2/css"
	"golang.org/x/image/colornames"
)

// declaration is one property with its value.
type declaration struct {
	name   string
	values []css.Token // addresses of pictures are replaced by those served
	rule   *rule
	pack   *Pack
}

// Properties that any rule may set; a name that ends with a dash stands for all
// that begin with it.
var plain = []string{"color", "background", "background-", "border", "border-", "box-shadow", "outline-", "accent-color", "caret-color",
	"font-family", "font-size", "font-weight", "font-style", "font-variant", "font-variant-", "font-stretch", "letter-spacing", "line-height",
	"text-align", "text-decoration", "text-decoration-", "text-transform", "text-underline-", "text-wrap", "hyphens",
	"padding", "padding-", "margin", "margin-", "gap", "row-gap", "column-gap", "width", "height", "min-width", "max-width", "min-height", "aspect-ratio",
	"display", "flex", "flex-", "grid-template-columns", "grid-column", "align-", "justify-", "place-", "vertical-align", "position",
	"fill", "stroke", "stroke-", "list-style", "list-style-", "isolation"}

// Properties for ornaments and pictures only: on anything else they could hide
// it or lay one thing over another.
var ornamental = []string{"content", "opacity", "transform", "rotate", "scale", "translate", "mask", "mask-", "-webkit-mask", "-webkit-mask-",
	"clip-path", "top", "right", "bottom", "left", "inset", "inset-", "z-index", "pointer-events", "overflow", "object-", "filter"}

var functions = []string{"var(", "calc(", "clamp(", "min(", "max(", "linear-gradient(", "radial-gradient(", "conic-gradient(", "repeating-linear-gradient(",
	"repeating-radial-gradient(", "color-mix(", "minmax(", "repeat(", "fit-content(", "rotate(", "scale(", "translate(", "skew(", "polygon(", "circle(", "ellipse(", "inset(", "url("}

// mixable may hold a mixed colour: nothing is read on it.
var mixable = []string{"border", "border-", "box-shadow", "text-decoration", "text-decoration-", "fill", "stroke", "stroke-"}

func among(list []string, name string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return s == name || strings.HasSuffix(s, "-") && strings.HasPrefix(name, s) })
}

// refused returns the key of what is wrong with the declaration, "" for
// nothing.
func (d *declaration) refused() string {
	free := d.rule.adorns() || d.rule.pictures()
	if !among(plain, d.name) && !(free && among(ornamental, d.name)) {
		return "theme.css.property"
	}
	if len(d.values) == 0 {
		return "theme.css.value"
	}
	for i, t := range d.values {
		if key := d.token(i, t, free); key != "" {
			return key
		}
	}
	return d.bounds(free)
}

// token examines one token of the value.
func (d *declaration) token(i int, t css.Token, free bool) string {
	word := strings.ToLower(string(t.Data))
	switch t.TokenType {
	case css.URLToken:
		return d.picture(i, word)
	case css.FunctionToken:
		if !slices.Contains(functions, word) {
			return "theme.css.function"
		}
		if word == "url(" { // with a quoted name
			return d.picture(i+1, text(d.values[min(i+1, len(d.values)-1):min(i+2, len(d.values))]))
		}
		if word == "color-mix(" && !free && !among(mixable, d.name) {
			return "theme.css.mix"
		}
	case css.CustomPropertyNameToken:
		if name := word[2:]; !slices.Contains(paletteNames, name) && !slices.Contains(lengthNames, name) {
			return "theme.css.token"
		}
	case css.HashToken:
		if d.name != "box-shadow" || !shadow(word) {
			return "theme.css.colour"
		}
	case css.IdentToken:
		if strings.HasPrefix(word, "--") { // a variable, as some versions of the lexer see it
			if !slices.Contains(paletteNames, word[2:]) && !slices.Contains(lengthNames, word[2:]) {
				return "theme.css.token"
			}
		} else if named(word) {
			return "theme.css.colour"
		}
	case css.DelimToken:
		if word == "!" {
			return "theme.css.important"
		}
	case css.StringToken:
		if d.name == "font-family" || len(word) > 2 && !d.inURL(i) {
			return "theme.css.text"
		}
	case css.BadStringToken, css.BadURLToken, css.AtKeywordToken, css.LeftBraceToken, css.RightBraceToken, css.UnicodeRangeToken:
		return "theme.css.syntax"
	}
	return ""
}

func (d *declaration) inURL(i int) bool {
	return i > 0 && d.values[i-1].TokenType == css.FunctionToken || strings.HasPrefix(string(d.values[i].Data), `"`+"/assets/")
}

// shadow reports whether a colour is black, or see-through black.
func shadow(hash string) bool {
	digits := hash[1:]
	switch len(digits) {
	case 4, 8: // the last quarter is the opacity
		digits = digits[:len(digits)*3/4]
	}
	return strings.Trim(digits, "0") == ""
}

// named reports whether a word is a colour that is not of the palette.
func named(word string) bool {
	_, known := colornames.Map[word]
	return known || slices.Contains([]string{"rebeccapurple", "canvas", "canvastext", "linktext", "visitedtext", "buttonface", "buttontext", "field", "fieldtext",
		"highlight", "highlighttext", "mark", "marktext", "graytext", "accentcolor", "accentcolortext", "activetext", "buttonborder", "selecteditem", "selecteditemtext"}, word)
}

// picture replaces the name of one of the pack's pictures by its address;
// anything else that loads is refused.
func (d *declaration) picture(i int, word string) string {
	name := strings.Trim(strings.TrimSuffix(strings.TrimPrefix(word, "url("), ")"), `"' `)
	address := d.pack.address(path.Clean(name))
	if address == "" || !slices.Contains(d.pack.Pictures, path.Clean(name)) || !among([]string{"background", "background-", "mask", "mask-", "-webkit-mask", "-webkit-mask-"}, d.name) {
		return "theme.css.url"
	}
	d.values[i].Data = []byte(`"` + address + `"`)
	if d.values[i].TokenType == css.URLToken {
		d.values[i].Data = []byte(`url("` + address + `")`)
	}
	return ""
}

// bounds refuses values with which something would be hidden or unreadable.
func (d *declaration) bounds(free bool) string {
	switch value := strings.ToLower(text(d.values)); {
	case d.name == "display" && !slices.Contains([]string{"block", "inline-block", "inline", "flex", "inline-flex", "grid", "inline-grid"}, value),
		d.name == "position" && value != "relative" && !(d.rule.adorns() && value == "absolute"),
		d.name == "content" && value != `""` && value != "none",
		d.name == "font-size" && !free && !d.least(12, 0.75, 75),
		d.name == "line-height" && !d.least(14, 1.1, 110),
		(d.name == "width" || d.name == "height" || strings.HasSuffix(d.name, "-width") && strings.HasPrefix(d.name, "m")) && !free && !d.least(16, 1, 20),
		d.name == "min-height" && !d.least(0, 0, 0),
		strings.HasPrefix(d.name, "outline-") && d.name != "outline-color" && !d.least(2, 0.1, 100),
		d.name == "outline-style" && value != "solid",
		strings.HasPrefix(d.name, "margin") && !d.least(-64, -4, -20),
		d.name == "letter-spacing" && !d.least(-1, -0.06, 0):
		return "theme.css.bounds"
	}
	return ""
}

// least reports whether every number of the value is at least so many px, em or
// rem (or none), or percent. Words and functions say nothing of it.
func (d *declaration) least(px, em, percent float64) bool {
	for _, t := range d.values {
		number := strings.ToLower(string(t.Data))
		unit := strings.TrimLeft(number, "+-.0123456789")
		n, err := strconv.ParseFloat(strings.TrimSuffix(number, unit), 64)
		limit := em
		switch t.TokenType {
		case css.DimensionToken:
			if unit == "px" {
				limit = px
			}
		case css.PercentageToken:
			limit = percent
		case css.NumberToken:
			if n == 0 && em <= 0 {
				continue
			}
		default:
			continue
		}
		if err != nil || n < limit {
			return false
		}
	}
	return true
}
