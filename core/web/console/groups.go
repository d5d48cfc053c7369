package console

import (
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// listGroups answers the classes and groups with how many belong to each.
func (c *Console) listGroups(v *visit.Visit) (*visit.Answer, error) {
	p, err := c.groupsPage(v, groupForm(groupsPath, "console.group.make", identity.Group{Kind: identity.Classe}))
	if err != nil {
		return nil, err
	}
	return visit.Show(p), nil
}

func (c *Console) groupsPage(v *visit.Visit, form *ui.Form) (*ui.Page, error) {
	list, err := c.Identity.Groups(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	table := ui.Table("", append(ui.Columns("console.group.name", "console.group.kind"), ui.Numbers("console.group.members")))
	for _, g := range list {
		n, err := c.Identity.CountMembers(v.Context, v.School(), ids.GroupID(g.ID))
		if err != nil {
			return nil, err
		}
		table.GetTable().Rows = append(table.GetTable().Rows,
			ui.RowOf(ui.CellTo(ui.S(g.Name), groupPath(g.ID)), ui.CellOf(ui.T("console.group."+g.Kind)), ui.CellS(v.Say.Integer(int64(n)))))
	}
	p := page(ui.T("console.groups"), nil, ui.Empty(table, "console.groups.none", ui.Onto(newOne, ui.To(groupsPath, "console.group.add"))),
		ui.Section("console.group.add", ui.Named(newOne, ui.FormOf(form))))
	gone, err := c.Identity.DeletedGroups(v.Context, v.School())
	if len(gone) > 0 {
		p.Nodes = append(p.Nodes, ui.Section("console.group.bin", ui.Text("console.group.bin.explain"), ui.List(binned(v, gone)...)))
	}
	return p, err
}

// binned are the groups that can come back, each with its button.
func binned(v *visit.Visit, gone []*identity.DeletedGroup) (items []*ui.Item) {
	for _, d := range gone {
		back := ui.Button(groupPath(d.ID)+"/retablir", "console.group.restore")
		back.Icon = ui.IconUndo
		items = append(items, &ui.Item{Title: ui.S(d.Group.Name), Icon: ui.IconDelete, Actions: []*ui.Action{back},
			Detail: ui.T("console.group.bin.line", "at", ui.Time(d.At.In(v.Say.Zone), ui.DateTime), "n", len(d.Members))})
	}
	return items
}

// restoreGroup brings back the deleted group of the address.
func (c *Console) restoreGroup(v *visit.Visit) (*visit.Answer, error) {
	id := v.Params["id"]
	err := c.Identity.RestoreGroup(v.Context, v.By(), v.School(), ids.GroupID(id))
	if errors.KindOf(err) == errors.Conflict {
		answer := visit.GoTo(groupsPath).Say("console.group.taken")
		answer.Tone = ui.Warn
		return answer, nil
	}
	if err != nil {
		return nil, err
	}
	return visit.GoTo(groupPath(id)).Say("console.group.restored"), nil
}

func groupPath(id string) string { return groupsPath + "/" + id }

func groupForm(path, submit string, g identity.Group) *ui.Form {
	return ui.NewForm(path, submit,
		ui.TextField("nom", "console.group.name", ui.Value(g.Name), ui.Required(), ui.Max(100)),
		ui.ChoiceField("genre", "console.group.kind",
			ui.Choices(identity.Classe, "console.group.classe", identity.Groupe, "console.group.groupe"), ui.Chosen(g.Kind), ui.Expanded()))
}

// group reads which group the address names.
func (c *Console) group(v *visit.Visit) (identity.Group, error) {
	list, err := c.Identity.GroupsByID(v.Context, v.School(), ids.GroupID(v.Params["id"]))
	if err != nil {
		return identity.Group{}, err
	}
	if len(list) == 0 {
		return identity.Group{}, errors.New(errors.NotFound, "identity.group.unknown")
	}
	return *list[0], nil
}

// showGroup answers one class: who belongs to it, its name.
func (c *Console) showGroup(v *visit.Visit) (*visit.Answer, error) {
	g, err := c.group(v)
	if err != nil {
		return nil, err
	}
	p, err := c.groupPage(v, g, groupForm(groupPath(g.ID), "console.save", g))
	if err != nil {
		return nil, err
	}
	return visit.Show(p), nil
}

func (c *Console) groupPage(v *visit.Visit, g identity.Group, form *ui.Form) (*ui.Page, error) {
	list, err := c.Identity.Members(v.Context, v.School(), ids.GroupID(g.ID))
	if err != nil {
		return nil, err
	}
	return page(ui.S(g.Name), []*ui.Link{ui.To(groupsPath, "console.groups")},
		ui.Empty(ui.Titled("console.group.members", ui.People(cards(v, list, []*identity.Group{&g})...)), "console.group.none", nil),
		ui.Section("console.group.change", ui.FormOf(form)),
		ui.Section("console.group.delete", ui.Text("console.group.delete.explain"),
			ui.Act(ui.Danger(ui.Button(groupPath(g.ID)+"/supprimer", "console.group.delete"), "console.group.delete.sure", "name", g.Name, "n", len(list))))), nil
}

// deleteGroup takes the group of the address away.
func (c *Console) deleteGroup(v *visit.Visit) (*visit.Answer, error) {
	g, err := c.group(v)
	if err != nil {
		return nil, err
	}
	if err := c.Identity.DeleteGroup(v.Context, v.By(), v.School(), ids.GroupID(g.ID)); err != nil {
		return nil, err
	}
	return visit.GoTo(groupsPath).Say("console.group.deleted", "name", g.Name), nil
}

// saveGroup makes a new group, or changes the one of the address.
func (c *Console) saveGroup(v *visit.Visit) (*visit.Answer, error) {
	posted := identity.Group{ID: v.Params["id"], Name: v.Form.Get("nom"), Kind: v.Form.Get("genre")}
	_, err := c.Identity.SaveGroup(v.Context, v.By(), v.School(), posted)
	if err == nil {
		return visit.GoTo(groupsPath).Say("console.saved"), nil
	}
	var p *ui.Page
	var made error
	if posted.ID == "" {
		p, made = c.groupsPage(v, ui.Blame(groupForm(groupsPath, "console.group.make", posted), err))
	} else if g, gerr := c.group(v); gerr != nil {
		return nil, gerr
	} else {
		p, made = c.groupPage(v, g, ui.Blame(groupForm(groupPath(g.ID), "console.save", posted), err))
	}
	return again(err, made, func() *ui.Page { return p })
}
