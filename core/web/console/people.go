package console

import (
	"net/url"
	"strings"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// listPeople answers the people of the school, found by words, profile and
// class.
func (c *Console) listPeople(v *visit.Visit) (*visit.Answer, error) {
	q := identity.PeopleQuery{Words: v.Query.Get("q"), Profile: ids.Profile(v.Query.Get("profil")),
		Group: ids.GroupID(v.Query.Get("classe")), Left: v.Query.Get("partis") != "", Cursor: v.Query.Get("suite")}
	list, next, err := c.Identity.ListPeople(v.Context, v.School(), q)
	if err != nil {
		return nil, err
	}
	groups, err := c.Identity.Groups(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	nodes := []*ui.Node{
		ui.Toolbar(ui.WithIcon(ui.IconAdd, ui.To(newPersonPath, "console.person.add"))),
		ui.FormOf(searchForm(v, groups)), ui.Filters(profileFilter(v.Query)),
		ui.Empty(ui.People(cards(v, list, groups)...), "console.people.none", nil)}
	if next != "" {
		nodes = append(nodes, ui.Toolbar(nil, ui.To(with(peoplePath, v.Query, "suite", next), "console.next")))
	}
	return visit.Show(page(ui.T("console.people"), nil, nodes...)), nil
}

func searchForm(v *visit.Visit, groups []*identity.Group) *ui.Form {
	options := []*ui.Option{ui.OptionOf("", ui.T("console.groups.all"))}
	for _, g := range groups {
		options = append(options, ui.OptionOf(g.ID, ui.S(g.Name)))
	}
	form := ui.SearchForm(peoplePath, "console.search",
		ui.TextField("q", "console.people.words", ui.Value(v.Query.Get("q")), ui.Max(100)),
		ui.ChoiceField("classe", "console.groups", options, ui.Chosen(v.Query.Get("classe"))))
	return ui.Carry(form, map[string]string{"profil": v.Query.Get("profil"), "partis": v.Query.Get("partis")})
}

// profileFilter narrows to one profile, or to those who left.
func profileFilter(query url.Values) *ui.FilterSet {
	chosen, left := query.Get("profil"), query.Get("partis") != ""
	link := func(profile, partis, key string) *ui.Link {
		l := ui.To(with(peoplePath, query, "profil", profile, "partis", partis, "suite", ""), key)
		if chosen == profile && left == (partis != "") {
			ui.Here(l)
		}
		return l
	}
	links := []*ui.Link{link("", "", "console.people.all")}
	for _, p := range ids.Profiles() {
		links = append(links, link(string(p), "", "console.profiles."+string(p)))
	}
	return ui.Filter("console.profile", append(links, link("", "1", "console.people.left"))...)
}

// with is a path with these query values changed; empty ones are left out.
func with(path string, query url.Values, pairs ...string) string {
	values := url.Values{}
	for k := range query {
		values.Set(k, query.Get(k))
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	for k := range values {
		if values.Get(k) == "" {
			values.Del(k)
		}
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// cards are people as a list shows them: profile, classes, login.
func cards(v *visit.Visit, list []*identity.Member, groups []*identity.Group) []*ui.PersonCard {
	names := map[ids.GroupID]string{}
	for _, g := range groups {
		names[ids.GroupID(g.ID)] = g.Name
	}
	out := make([]*ui.PersonCard, 0, len(list))
	for _, m := range list {
		words := []string{v.Say.T("identity.profile." + string(m.Profile))}
		for _, g := range m.Groups {
			if names[g] != "" { // the page of one group names only that one
				words = append(words, names[g])
			}
		}
		card := &ui.PersonCard{Person: m.ID, Name: m.Name(), Link: ui.ToOf(personPath(m.ID), ui.S(m.Name())),
			Detail: ui.S(strings.Join(words, " · "))}
		if m.Left {
			card.Badge, card.Tone = ui.T("console.person.left"), ui.Neutral
		} else if len(m.Roles) > 0 {
			card.Badge, card.Tone = ui.S(roleName(v, m.Roles[0])), ui.Info
		}
		out = append(out, card)
	}
	return out
}

func personPath(id string) string { return peoplePath + "/" + id }
