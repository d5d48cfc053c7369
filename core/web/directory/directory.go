package directory

import (
	"context"
	"strings"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/search/sources"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// Directory answers the pages; make one with [New].
type Directory struct {
	identity *identity.Service
	access   *access.Service
}

// New returns the pages of all schools.
func New(people *identity.Service, rights *access.Service) *Directory {
	return &Directory{identity: people, access: rights}
}

// Routes lists the addresses with their permission.
func (d *Directory) Routes() []visit.Route {
	return []visit.Route{
		{Method: "GET", Path: sources.ClassPath + ":id", Permission: access.Directory, Handle: d.showClass},
		{Method: "GET", Path: sources.PersonPath + ":id", Permission: access.Directory, Handle: d.showPerson},
	}
}

func gone() error { return errors.New(errors.NotFound, "directory.gone") }

// showPerson answers who somebody is in the school.
func (d *Directory) showPerson(v *visit.Visit) (*visit.Answer, error) {
	m, err := d.identity.Member(v.Context, v.School(), ids.PersonID(v.Params["id"]))
	if errors.KindOf(err) == errors.NotFound {
		return nil, gone()
	}
	if err != nil {
		return nil, err
	}
	children, groups, err := d.children(v.Context, v.School(), m)
	if err != nil {
		return nil, err
	}
	if !sees(v.Session.Viewer, m, groups) {
		return nil, gone()
	}
	nodes := []*ui.Node{ui.Facts(&ui.Fact{Label: ui.T("directory.profile"), Value: ui.T("profile." + string(m.Profile))})}
	own, err := d.identity.GroupsByID(v.Context, v.School(), m.Groups...)
	if err != nil {
		return nil, err
	}
	if len(own) > 0 {
		nodes = append(nodes, ui.Section("directory.groups", ui.List(d.groupItems(v, own)...)))
	}
	guardians, err := d.identity.People(v.Context, v.School(), m.Guardians...)
	if err != nil {
		return nil, err
	}
	for _, part := range []struct {
		title string
		list  []*identity.Member
	}{{"directory.children", children}, {"directory.guardians", guardians}} {
		cards, err := d.cards(v, part.list)
		if err != nil {
			return nil, err
		}
		if len(cards) > 0 {
			nodes = append(nodes, ui.Section(part.title, ui.People(cards...)))
		}
	}
	if d.access.May(v.School(), v.Session.Roles, access.AdminPeople) {
		nodes = append(nodes, ui.Toolbar(nil, ui.WithIcon(ui.IconSettings, ui.To("/administration/personnes/"+m.ID, "directory.administer"))))
	}
	return visit.Show(ui.PageOf(ui.S(m.Name()), nodes...)), nil
}

// children returns a guardian's children and the groups they are in.
func (d *Directory) children(ctx context.Context, school ids.SchoolID, m *identity.Member) (list []*identity.Member, groups []ids.GroupID, err error) {
	list, err = d.identity.People(ctx, school, m.Children...)
	for _, c := range list {
		groups = append(groups, c.Groups...)
	}
	return list, groups, err
}

// cards are those of the people whom the visitor sees.
func (d *Directory) cards(v *visit.Visit, list []*identity.Member) (cards []*ui.PersonCard, err error) {
	for _, m := range list {
		_, groups, err := d.children(v.Context, v.School(), m)
		if err != nil {
			return nil, err
		}
		if !sees(v.Session.Viewer, m, groups) {
			continue
		}
		cards = append(cards, &ui.PersonCard{Person: m.ID, Name: m.Name(), Detail: ui.T("profile." + string(m.Profile)),
			Link: ui.ToOf(sources.PersonPath+m.ID, ui.S(m.Name()))})
	}
	return cards, nil
}

func (d *Directory) groupItems(v *visit.Visit, groups []*identity.Group) (items []*ui.Item) {
	for _, g := range groups {
		item := &ui.Item{Title: ui.S(g.Name), Icon: ui.IconSchool, Badge: ui.T("search.kind." + g.Kind)}
		if enters(v.Session.Viewer, ids.GroupID(g.ID)) {
			item.Link = ui.ToOf(sources.ClassPath+g.ID, item.Title)
		}
		items = append(items, item)
	}
	return items
}

// showClass answers who is in a class or group, as far as the visitor sees them.
func (d *Directory) showClass(v *visit.Visit) (*visit.Answer, error) {
	id := ids.GroupID(strings.TrimSpace(v.Params["id"]))
	found, err := d.identity.GroupsByID(v.Context, v.School(), id)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 || !enters(v.Session.Viewer, id) {
		return nil, gone()
	}
	page := ui.PageOf(ui.S(found[0].Name))
	for _, part := range []struct {
		title    string
		profiles []ids.Profile
	}{{"directory.teachers", []ids.Profile{ids.Enseignant}}, {"directory.pupils", []ids.Profile{ids.Eleve}},
		{"directory.others", []ids.Profile{ids.Parent, ids.VieScol, ids.Direction, ids.Personnel}}} {
		members, err := d.identity.Members(v.Context, v.School(), id, part.profiles...)
		if err != nil {
			return nil, err
		}
		cards, err := d.cards(v, members)
		if err != nil {
			return nil, err
		}
		if len(cards) > 0 {
			page.Nodes = append(page.Nodes, ui.Section(part.title, ui.People(cards...)))
		}
	}
	if len(page.Nodes) == 0 {
		page.Nodes = append(page.Nodes, ui.Text("directory.nobody"))
	}
	return visit.Show(page), nil
}
