package console

import (
	"net/url"
	"slices"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// matrix is what the school sees of the rights: the core's and those of the
// modules it uses.
func (c *Console) matrix(v *visit.Visit) ([]access.Row, error) {
	rows, err := c.Access.Matrix(v.Context, v.School())
	return slices.DeleteFunc(rows, func(r access.Row) bool {
		return r.Module != access.Core && !c.Modules.IsEnabled(v.School(), r.Module)
	}), err
}

// listRights answers the matrix of one module (the core's first): permissions
// by profile.
func (c *Console) listRights(v *visit.Visit) (*visit.Answer, error) {
	rows, err := c.matrix(v)
	if err != nil {
		return nil, err
	}
	columns := ui.Columns("console.right")
	for _, role := range access.Roles() {
		columns = append(columns, &ui.Column{Label: ui.S(roleName(v, role))})
	}
	shown := ids.ModuleID(v.Query.Get("module"))
	if !slices.ContainsFunc(rows, func(r access.Row) bool { return r.Module == shown }) {
		shown = access.Core
	}
	table := ui.Table("", columns)
	var modules []*ui.Link
	for i, r := range rows {
		if i == 0 || rows[i-1].Module != r.Module {
			modules = append(modules, c.moduleLink(v, r.Module, shown))
		}
		if r.Module == shown {
			table.GetTable().Rows = append(table.GetTable().Rows, rightRow(v, r))
		}
	}
	return visit.Show(page(ui.T("console.rights"), nil, ui.Text("console.rights.explain"),
		ui.Filters(ui.Filter("console.rights.module", modules...)),
		ui.Empty(ui.SectionOf(c.moduleTitle(v, shown), table), "console.module.permissions.none", nil))), nil
}

func (c *Console) moduleLink(v *visit.Visit, module, shown ids.ModuleID) *ui.Link {
	l := ui.ToOf(rightsPath+"?"+url.Values{"module": {string(module)}}.Encode(), c.moduleTitle(v, module))
	l.Current = module == shown
	return l
}

func (c *Console) moduleTitle(v *visit.Visit, module ids.ModuleID) *ui.Words {
	if module == access.Core {
		return ui.T("console.rights.core")
	}
	return ui.S(c.moduleName(v, module))
}

func rightRow(v *visit.Visit, r access.Row) *ui.Row {
	row := ui.RowOf(ui.CellTo(rightName(v, r), rightPath(r.Permission.ID)))
	for _, cell := range r.Cells {
		key, tone := "console.no", ui.Neutral
		if cell.Allowed {
			key, tone = "console.yes", ui.Ok
		}
		if cell.Effect != access.Default {
			key += ".changed"
		}
		row.Cells = append(row.Cells, &ui.Cell{Text: ui.T(key), Tone: tone})
	}
	return row
}

func rightName(v *visit.Visit, r access.Row) *ui.Words {
	module := r.Module
	if module == access.Core {
		module = ""
	}
	return ui.S(v.Say.In(module).T(r.Permission.Name))
}

func roleName(v *visit.Visit, role string) string {
	if ids.Profile(role).Valid() {
		return v.Say.T("identity.profile." + role)
	}
	return v.Say.T("access.role." + role)
}

func rightPath(p ids.Permission) string {
	return rightOne + "?" + url.Values{"droit": {string(p)}}.Encode()
}

// right finds the row that the address names.
func (c *Console) right(v *visit.Visit) (access.Row, error) {
	rows, err := c.matrix(v)
	if err != nil {
		return access.Row{}, err
	}
	wanted := v.Query.Get("droit")
	if v.Form.Has("droit") {
		wanted = v.Form.Get("droit")
	}
	i := slices.IndexFunc(rows, func(r access.Row) bool { return string(r.Permission.ID) == wanted })
	if i < 0 {
		return access.Row{}, errors.New(errors.NotFound, "access.permission.unknown")
	}
	return rows[i], nil
}

// showRight answers one permission: by default, allowed or denied, per role.
func (c *Console) showRight(v *visit.Visit) (*visit.Answer, error) {
	r, err := c.right(v)
	if err != nil {
		return nil, err
	}
	return visit.Show(rightPage(v, r, rightForm(v, r))), nil
}

func rightPage(v *visit.Visit, r access.Row, form *ui.Form) *ui.Page {
	return page(rightName(v, r), []*ui.Link{ui.To(rightsPath, "console.rights")}, ui.Text("console.right.explain"), ui.FormOf(form))
}

// saidDefault is how the form writes that the school says nothing.
const saidDefault = "defaut"

func rightForm(v *visit.Visit, r access.Row) *ui.Form {
	form := ui.Carry(ui.NewForm(rightOne, "console.save"), map[string]string{"droit": string(r.Permission.ID)})
	for _, cell := range r.Cells {
		byDefault := "console.right.default.no"
		if cell.Template {
			byDefault = "console.right.default.yes"
		}
		options := ui.Choices(saidDefault, byDefault, string(access.Allow), "access.effect.allow", string(access.Deny), "access.effect.deny")
		chosen := saidDefault
		if cell.Effect != access.Default {
			chosen = string(cell.Effect)
		}
		form.Fields = append(form.Fields, labelled(ui.ChoiceField(cell.Role, "", options, ui.Chosen(chosen)), roleName(v, cell.Role), ""))
	}
	return ui.Cancel(form, rightsPath, "console.cancel")
}

// setRight makes the changes of the form, one line of the journal each. The
// first that is refused stops it; the form then shows what is in force.
func (c *Console) setRight(v *visit.Visit) (*visit.Answer, error) {
	r, err := c.right(v)
	if err != nil {
		return nil, err
	}
	defer c.Home.Changed(v.School())
	for _, cell := range r.Cells {
		effect, ok := effectOf(v.Form, cell.Role)
		if !ok || effect == cell.Effect {
			continue
		}
		err := c.Access.Set(v.Context, access.Change{By: v.By(), School: v.School(), Role: cell.Role, Permission: r.Permission.ID, Effect: effect})
		if err != nil {
			key, args := errors.Public(err)
			form := rightForm(v, r)
			for _, f := range form.Fields {
				if f.Name == cell.Role {
					f.Error = ui.T(key, args...)
				}
			}
			return again(err, nil, func() *ui.Page { return rightPage(v, r, form) })
		}
	}
	return visit.GoTo(rightsPath + "?" + url.Values{"module": {string(r.Module)}}.Encode()).Say("console.saved"), nil
}

// effectOf reads what the form says about a role; not ok when it says nothing.
func effectOf(form url.Values, role string) (access.Effect, bool) {
	if !form.Has(role) {
		return access.Default, false
	}
	if said := form.Get(role); said != saidDefault {
		return access.Effect(said), true
	}
	return access.Default, true
}
