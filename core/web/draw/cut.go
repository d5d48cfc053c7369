package draw

import "strings"

// Greatest lengths of texts in a widget, in characters; the whole is one page
// away.
const (
	cutTitle  = 120
	cutDetail = 180
	cutProse  = 600
	cutItems  = 8
)

// cut shortens a text inside a widget, at a space when one is near.
func (c *Context) cut(text string, limit int) string {
	if !c.brief || len(text) <= limit {
		return text
	}
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	short := string(runes[:limit-1])
	if i := strings.LastIndexAny(short, " \n"); i > len(short)*3/4 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:.\n") + "…"
}

// shown returns how many of n items of a list are drawn.
func (c *Context) shown(n int) int {
	if c.brief && n > cutItems {
		return cutItems
	}
	return n
}
