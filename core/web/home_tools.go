package web

import (
	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/web/api"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// expertTools are the quick ways of an expert: to what programs may do in their
// name, and to the school's reports. One that the site does not have, or that
// they may not open, is left out.
var expertTools = []struct {
	path, label, icon string
	permission        ids.Permission
}{
	{"/compte/jetons", "web.tools.tokens", ui.IconKey, access.Account},
	{api.Root, "web.tools.api", ui.IconBook, access.Account},
	{"/administration/journal", "web.tools.journal", ui.IconHistory, access.AdminAudit},
	{"/administration/modules", "web.tools.modules", ui.IconChart, access.AdminModules},
	{"/administration/annonces", "web.tools.news", ui.IconMegaphone, access.AdminBanner},
	{draw.SchoolHome, "web.tools.homes", ui.IconGrid, access.AdminTheme},
}

// tools are those of the visitor.
func (c *call) tools() []draw.Tool {
	var out []draw.Tool
	for _, t := range expertTools {
		if c.app.answers(t.path) && c.may(t.permission) {
			out = append(out, draw.Tool{Href: t.path, Label: c.speaker().T(t.label), Icon: t.icon})
		}
	}
	return out
}
