package draw

import (
	"strconv"
	"strings"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// optionGroup is a run of options under one name.
type optionGroup struct {
	name    string
	first   int // number of its first option among all
	options []*ui.Option
	mixed   bool // its options are of several groups, which each names
}

// inSight is how many options of a list are seen without moving it.
const inSight = 8

// listed are the options of a picker in their groups: of a list that is longer than
// what one sees of it, the chosen ones come first, so that one sees who they are.
func (c *Context) listed(all []*ui.Option) []optionGroup {
	var chosen, others []*ui.Option
	for _, o := range all {
		if o.Selected {
			chosen = append(chosen, o)
		} else {
			others = append(others, o)
		}
	}
	if len(all) <= inSight || len(chosen) == 0 || len(others) == 0 {
		return c.grouped(all)
	}
	groups := []optionGroup{{name: c.t("draw.picker.chosen"), options: chosen, mixed: true}}
	for _, g := range c.grouped(others) {
		g.first += len(chosen)
		groups = append(groups, g)
	}
	return groups
}

// groupOf names the group of an option that stands outside it, unless its label does.
func (c *Context) groupOf(g optionGroup, o *ui.Option) string {
	if name := c.w(o.Group); g.mixed && !strings.Contains(c.w(o.Label), name) {
		return name
	}
	return ""
}

// optionDetail is what stands under an option's label.
func (c *Context) optionDetail(g optionGroup, o *ui.Option) string {
	detail, group := c.w(o.Detail), c.groupOf(g, o)
	if detail == "" || group == "" {
		return detail + group
	}
	return group + " · " + detail
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
