package console

import (
	"net/url"
	"slices"
	"strings"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// audience says in words whom an announcement is for.
func (c *Console) audience(v *visit.Visit, a *home.Announcement) string {
	who := v.Say.T("console.everybody")
	if len(a.Profiles) > 0 {
		who = profileNames(v, a.Profiles)
	}
	if len(a.Groups) == 0 {
		return who
	}
	found, err := c.Identity.GroupsByID(v.Context, v.School(), a.Groups...)
	if err != nil || len(found) == 0 {
		return who // a class that is gone is nobody's
	}
	names := make([]string, 0, len(found))
	for _, g := range found {
		names = append(names, g.Name)
	}
	return v.Say.T("console.news.audience", "who", who, "classes", v.Say.List(names))
}

// classes are the school's classes and groups to choose from.
func (c *Console) classes(v *visit.Visit, a *home.Announcement) []*ui.Option {
	list, err := c.Identity.Groups(v.Context, v.School())
	if err != nil {
		return nil // the form works without; saving says what is wrong
	}
	options := make([]*ui.Option, 0, len(list))
	for _, g := range list {
		o := ui.OptionOf(g.ID, ui.S(g.Name))
		o.Selected = slices.Contains(a.Groups, ids.GroupID(g.ID))
		options = append(options, o)
	}
	return options
}

// ownGroups refuses classes of another school.
func (c *Console) ownGroups(v *visit.Visit, groups []ids.GroupID) error {
	if len(groups) == 0 {
		return nil
	}
	found, err := c.Identity.GroupsByID(v.Context, v.School(), groups...)
	if err == nil && len(found) != len(groups) {
		err = errors.Field("classes", "identity.group.unknown")
	}
	return err
}

// address is the page an announcement leads to, as the form shows it.
func address(a *home.Announcement) string {
	if a.Path == "" {
		return ""
	}
	return "/m/" + string(a.Module) + a.Path
}

// addressed reads the address of a page of a module, as copied from the
// browser: with or without the site in front. Empty leaves the module's first
// page.
func addressed(a *home.Announcement, text string) error {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil {
		return errors.Field("adresse", "home.announcement.link")
	}
	rest, ok := strings.CutPrefix(u.EscapedPath(), "/m/")
	module, path, found := strings.Cut(rest, "/")
	if !ok || !found || module == "" {
		return errors.Field("adresse", "home.announcement.link")
	}
	a.Module, a.Path = ids.ModuleID(module), "/"+path
	if u.RawQuery != "" {
		a.Path += "?" + u.RawQuery
	}
	return nil
}
