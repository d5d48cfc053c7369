package draw

import (
	"strconv"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// optionGroup is a run of options under one name.
type optionGroup struct {
	name    string
	first   int // number of its first option among all
	options []*ui.Option
}

// grouped splits options where the group changes, in the order given.
func (c *Context) grouped(all []*ui.Option) []optionGroup {
	var groups []optionGroup
	for i, o := range all {
		name := c.w(o.Group)
		if n := len(groups); n == 0 || groups[n-1].name != name {
			groups = append(groups, optionGroup{name: name, first: i})
		}
		last := &groups[len(groups)-1]
		last.options = append(last.options, o)
	}
	return groups
}

func optionID(v *fieldView, i int) string { return v.id + "-" + strconv.Itoa(i) }

func boxKind(multiple bool) string {
	if multiple {
		return "checkbox"
	}
	return "radio"
}

func (c *Context) pickerPrompt(in *wire.Picker) string {
	if s := c.w(in.Placeholder); s != "" {
		return s
	}
	return c.t("draw.picker.filter")
}
