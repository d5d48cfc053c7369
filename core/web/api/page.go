package api

import (
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/sdk/ui"
)

// Page is the API as people read it: how to begin, then the operations by area.
// tokens is the address where tokens are made, "" for who may not.
func Page(say *locale.Speaker, server, tokens string, operations []Operation) *ui.Page {
	p := ui.NewPage("api.title", ui.Text("api.description"), ui.Markdown(say.T("api.begin", "server", server)))
	tools := ui.Toolbar(nil, ui.WithIcon(ui.IconDownload, ui.To(DocumentPath, "api.document")))
	if tokens != "" {
		tools.GetToolbar().Primary = ui.WithIcon(ui.IconKey, ui.To(tokens, "api.tokens"))
	}
	p.Nodes = append(p.Nodes, tools)
	var tables []*ui.Node
	at := map[string]*ui.Node{}
	for _, op := range operations {
		area := op.Scope.Area()
		if at[area] == nil {
			at[area] = ui.Table("", ui.Columns("api.column.does", "api.column.address", "api.column.scope"))
			tables = append(tables, ui.SectionOf(ui.S(AreaName(say, op.Scope, op.Name)), at[area]))
		}
		t := at[area].GetTable()
		t.Rows = append(t.Rows, ui.RowOf(ui.CellS(say.In(op.Module).T(op.Summary)), ui.CellS(op.Method+" "+op.Path), ui.CellS(string(op.Scope))))
	}
	p.Nodes = append(p.Nodes, tables...)
	return p
}
