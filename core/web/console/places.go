package console

import (
	"strings"

	"github.com/preau-ent/preau/core/search"
	"github.com/preau-ent/preau/sdk/ids"
)

// Places lists the sections of the console, to be found by what is set in them.
func (c *Console) Places() []search.Place {
	list := make([]search.Place, len(sections))
	for i, s := range sections {
		list[i] = search.Place{Source: search.Settings, Path: s.path, Label: s.key, Icon: s.icon, Permission: ids.Permission(s.permission),
			Detail: "search.find." + strings.TrimPrefix(s.key, "console.")}
	}
	return list
}
