package draw

import (
	"strconv"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

func (c *Context) toggleTarget(it *wire.Check) string {
	if it.Toggle == nil {
		return ""
	}
	return c.Target("POST", it.Toggle.Module, it.Toggle.Path)
}

// tickLabel names the button by what it ticks.
func (c *Context) tickLabel(it *wire.Check) string {
	if s := c.w(it.Toggle.Label); s != "" {
		return c.t("draw.tick.named", "label", s, "title", c.w(it.Title))
	}
	return c.t("draw.tick", "title", c.w(it.Title))
}

func tickIcon(done bool) string {
	if done {
		return ui.IconDone
	}
	return ui.IconTodo
}

func tickState(done bool) string {
	if done {
		return "draw.done"
	}
	return "draw.todo"
}

func boolText(b bool) string { return strconv.FormatBool(b) }
