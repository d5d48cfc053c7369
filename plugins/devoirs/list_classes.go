package main

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// classList shows the work of a class, whoever set it: to school life and the
// head for every class, to a teacher for the groups they teach.
func classList(r *sdk.Request) (*ui.Page, error) {
	groups, err := classesOf(&r.Scope)
	if err != nil {
		return nil, err
	}
	current := ids.GroupID(r.FormValue("classe"))
	i := slices.IndexFunc(groups, func(g sdk.Group) bool { return g.ID == current })
	if current != "" && i < 0 {
		return nil, gone()
	}
	if i < 0 {
		i = 0
	}
	page := ui.NewPage("devoirs.classes")
	if r.Viewer.May("devoirs.set") {
		page.Crumbs = []*ui.Link{ui.To("/", "devoirs.title")}
	}
	if len(groups) == 0 {
		page.Nodes = []*ui.Node{ui.Empty(ui.List(), "devoirs.classes.none", nil)}
		return page, nil
	}
	past := r.FormValue("liste") == listPast
	list, err := classSheets(r, groups[i].ID, past)
	if err != nil {
		return nil, err
	}
	page.Nodes = classChoice(groups, i, past)
	section := ui.SectionOf(ui.S(groups[i].Name), list)
	if r.Viewer.May("devoirs.set") && r.Viewer.In(groups[i].ID) {
		page.Nodes = append(page.Nodes, ui.Toolbar(ui.WithIcon(ui.IconAdd, ui.To("/nouveau?classe="+url.QueryEscape(string(groups[i].ID)), "devoirs.new"))))
	}
	page.Nodes = append(page.Nodes, section)
	return page, nil
}

// classesOf returns the groups whose homework the viewer may list, by name;
// NotFound for pupils and parents, who have their own page.
func classesOf(s *sdk.Scope) (groups []sdk.Group, err error) {
	switch {
	case s.Viewer.May("devoirs.overview"):
		groups, err = s.Directory.Groups()
	case s.Viewer.May("devoirs.set"):
		groups = slices.Clone(s.Viewer.Groups)
	default:
		return nil, gone()
	}
	slices.SortFunc(groups, func(a, b sdk.Group) int { return strings.Compare(a.Name, b.Name) })
	return groups, err
}

func classSheets(r *sdk.Request, group ids.GroupID, past bool) (*ui.Node, error) {
	today := midnight(r.Now())
	span := []store.RangeOption{store.From("group", group, today), store.To("group", group, today.AddDate(0, 0, aheadDays))}
	empty := "devoirs.empty.class"
	if past {
		span = []store.RangeOption{store.From("group", group, today.AddDate(0, 0, -pastDays)), store.To("group", group, today.Add(-time.Second)), store.Reverse()}
		empty = "devoirs.empty.past"
	}
	var items []*ui.Item
	err := view(r, func(tx store.Tx) error {
		for h, err := range homework.Range(tx, "for", span...) {
			if err != nil {
				return err
			}
			if RelationOf(r.Viewer, h, r.Now()) == Stranger {
				continue
			}
			item := sheetItem(h, r.Now())
			item.Detail = ui.T("devoirs.line.by", "subject", h.Subject, "name", h.AuthorName, "due", dueExactly(h.Due, r.Now()))
			if !h.Shown(r.Now()) {
				item.Badge = ui.T("devoirs.badge.later", "date", h.VisibleFrom)
			}
			items = append(items, item)
		}
		return nil
	})
	return ui.Empty(ui.List(items...), empty, nil), err
}

// fewClasses is how many fit as links; more are a menu.
const fewClasses = 8

// classChoice leads from class to class, and from what comes to what is over.
func classChoice(groups []sdk.Group, current int, past bool) []*ui.Node {
	span := spanFilter(groups[current], past)
	if len(groups) <= fewClasses {
		return []*ui.Node{ui.Filters(classFilter(groups, current, past), span)}
	}
	options := make([]*ui.Option, len(groups))
	for i, g := range groups {
		options[i] = ui.OptionOf(string(g.ID), ui.S(g.Name))
	}
	menu := ui.SearchForm("/classes", "devoirs.filter.show",
		ui.ChoiceField("classe", "devoirs.filter.class", options, ui.Value(string(groups[current].ID))))
	if past {
		ui.Carry(menu, map[string]string{"liste": listPast})
	}
	return []*ui.Node{ui.FormOf(menu), ui.Filters(span)}
}

func classFilter(groups []sdk.Group, current int, past bool) *ui.FilterSet {
	links := make([]*ui.Link, len(groups))
	for i, g := range groups {
		links[i] = &ui.Link{Path: classPath(g.ID, past), Label: ui.S(g.Name), Current: i == current}
	}
	return ui.Filter("devoirs.filter.class", links...)
}

func spanFilter(g sdk.Group, past bool) *ui.FilterSet {
	coming, over := ui.To(classPath(g.ID, false), "devoirs.tab.coming"), ui.To(classPath(g.ID, true), "devoirs.tab.past")
	coming.Current, over.Current = !past, past
	return ui.Filter("devoirs.filter.span", coming, over)
}

func classPath(g ids.GroupID, past bool) string {
	path := "/classes?classe=" + url.QueryEscape(string(g))
	if past {
		path += "&liste=" + listPast
	}
	return path
}
