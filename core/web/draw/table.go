package draw

import "github.com/preau-ent/preau/sdk/wire"

func (c *Context) columnLabel(t *wire.Table, i int) string {
	if i < len(t.Columns) {
		return c.w(t.Columns[i].Label)
	}
	return ""
}

func isNumber(t *wire.Table, i int) bool { return i < len(t.Columns) && t.Columns[i].Number }
