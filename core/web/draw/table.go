package draw

import (
	"github.com/a-h/templ"

	"github.com/preau-ent/preau/sdk/wire"
)

// narrow is how many columns fit beside each other whatever the size of text.
const narrow = 4

// scrolls lets a table of many columns move sideways in its own place, by keyboard too.
func scrolls(c *Context, t *wire.Table) templ.Attributes {
	if len(t.Columns) <= narrow {
		return nil
	}
	label := c.w(t.Caption)
	if label == "" {
		label = c.t("draw.table")
	}
	return templ.Attributes{"tabindex": "0", "role": "region", "aria-label": label}
}

// terse is the context inside a cell, where dates are short.
func (c *Context) terse() *Context {
	next := *c
	next.Say = c.Say.Brief()
	return &next
}

// whole is the text of a cell whose dates the cell itself shortens.
func (c *Context) whole(one *wire.Cell) templ.Attributes {
	if text := c.w(one.Text); one.Text.GetKey() != "" && text != c.terse().w(one.Text) {
		return templ.Attributes{"title": text}
	}
	return nil
}

func (c *Context) columnLabel(t *wire.Table, i int) string {
	if i < len(t.Columns) {
		return c.w(t.Columns[i].Label)
	}
	return ""
}

func isNumber(t *wire.Table, i int) bool { return i < len(t.Columns) && t.Columns[i].Number }
