package console

import (
	"bytes"
	"encoding/csv"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// query is what the address asks of the journal.
func query(v *visit.Visit) audit.Query {
	q := audit.Query{Actor: ids.PersonID(v.Query.Get("qui")), Object: v.Query.Get("objet"), Cursor: v.Query.Get("suite")}
	q.Action, q.Only = chosenAction(v.Query.Get("action"))
	return q
}

// showJournal answers what was done in the school, the newest first.
func (c *Console) showJournal(v *visit.Visit) (*visit.Answer, error) {
	entries, next, err := c.Audit.List(v.Context, v.School(), query(v))
	if err != nil {
		return nil, err
	}
	names, err := c.names(v, entries)
	if err != nil {
		return nil, err
	}
	table := ui.Table("", ui.Columns("console.journal.at", "console.journal.action", "console.journal.actor", "console.journal.object", "console.journal.details"))
	for _, e := range entries {
		table.GetTable().Rows = append(table.GetTable().Rows, ui.RowOf(
			ui.CellOf(ui.T("console.journal.time", "at", ui.Time(e.At, ui.DateTime))),
			ui.CellOf(c.actionWords(v, e)),
			nameCell(v, names, "qui", string(e.Actor), "console.journal.system"),
			nameCell(v, names, "objet", e.Object, ""),
			ui.CellS(c.details(v, told(e)))))
	}
	nodes := append([]*ui.Node{ui.FormOf(c.journalForm(v))}, only(v, names)...)
	nodes = append(nodes, ui.Empty(table, "console.journal.none", nil))
	tools := []*ui.Link{ui.WithIcon(ui.IconDownload, ui.ToFile(with(exportPath, v.Query, "suite", ""), "console.journal.export", "journal.csv"))}
	if next != "" {
		tools = append(tools, ui.To(with(journalPath, v.Query, "suite", next), "console.next"))
	}
	return visit.Show(page(ui.T("console.journal"), nil, append(nodes, ui.Toolbar(nil, tools...))...)), nil
}

// only says of whom or what the journal is shown, and leads back to all of it;
// nothing where it is all.
func only(v *visit.Visit, names map[string]string) []*ui.Node {
	for _, as := range []string{"qui", "objet"} {
		id := v.Query.Get(as)
		if id == "" {
			continue
		}
		name, known := names[id]
		if !known {
			name = id
		}
		return []*ui.Node{ui.BannerOf(ui.Neutral, ui.T("console.journal.only."+as, "name", name),
			ui.To(with(journalPath, v.Query, "qui", "", "objet", "", "suite", ""), "console.journal.whole"))}
	}
	return nil
}

func (c *Console) journalForm(v *visit.Visit) *ui.Form {
	form := ui.SearchForm(journalPath, "console.filter",
		ui.ChoiceField("action", "console.journal.action", c.actionOptions(v), ui.Chosen(v.Query.Get("action"))))
	return ui.Carry(form, map[string]string{"qui": v.Query.Get("qui"), "objet": v.Query.Get("objet")})
}

// names finds the people and modules among actors and objects, and the one that
// the journal is filtered by.
func (c *Console) names(v *visit.Visit, entries []*audit.Entry) (map[string]string, error) {
	people := []ids.PersonID{ids.PersonID(v.Query.Get("qui")), ids.PersonID(v.Query.Get("objet"))}
	for _, e := range entries {
		people = append(people, e.Actor, ids.PersonID(e.Object))
	}
	list, err := c.Identity.People(v.Context, v.School(), people...)
	names := map[string]string{}
	for _, m := range c.Modules.Manifests() {
		names[string(m.ID)] = c.moduleName(v, m.ID)
	}
	for _, m := range list {
		names[m.ID] = m.Name()
	}
	for _, id := range people {
		if _, known := names[string(id)]; known || id == "" || err != nil {
			continue
		}
		m, missing := c.Identity.Member(v.Context, v.School(), id) // who left is named too
		switch {
		case missing == nil:
			names[m.ID] = m.Name()
		case errors.KindOf(missing) != errors.NotFound:
			err = missing
		}
	}
	return names, err
}

// nameCell names a person or module with the way to all about them, or shows an
// identifier as it is.
func nameCell(v *visit.Visit, names map[string]string, as, id, none string) *ui.Cell {
	switch name, known := names[id]; {
	case known:
		return ui.CellTo(ui.S(name), with(journalPath, v.Query, "qui", "", "objet", "", "suite", "", as, id))
	case id == "" && none != "":
		return ui.CellOf(ui.T(none))
	}
	return ui.CellS(id)
}

// details writes what an entry holds besides, and from where it came.
func (c *Console) details(v *visit.Visit, e *audit.Entry) string {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(e.Details)) {
		if e.Details[k] == "" {
			continue // there is none: no colour of one's own, no logo
		}
		parts = append(parts, wordOr(v, "console.detail."+k, k)+v.Say.T("console.colon")+c.detail(v, k, e.Details[k]))
	}
	if e.Address != "" {
		parts = append(parts, e.Address)
	}
	return strings.Join(parts, " · ")
}

// detail puts the values of a closed set into words, and calls a theme by its
// name.
func (c *Console) detail(v *visit.Visit, key, value string) string {
	switch {
	case key == "pack":
		return c.Themes.Name(value)
	case key == "density" && value == theme.Airy:
		return v.Say.T("console.look.airy")
	case key == "density" && value == theme.Dense:
		return v.Say.T("console.look.dense")
	}
	for _, set := range []string{"access.effect.", "identity.profile.", "access.role.", "console.change.", "console.value."} {
		if v.Say.Has(set + value) {
			return v.Say.T(set + value)
		}
	}
	return value
}

func wordOr(v *visit.Visit, key, plain string) string {
	if v.Say.Has(key) {
		return v.Say.T(key)
	}
	return plain
}

// maxExported bounds the lines of one exported file.
const maxExported = 20_000

// exportJournal answers the same as a file, and notes that it was taken.
func (c *Console) exportJournal(v *visit.Visit) (*visit.Answer, error) {
	err := c.Audit.Record(v.Context, audit.Entry{Actor: v.By().Person, Address: v.By().Address, School: v.School(),
		Action: audit.Exported, Object: "journal"})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	_ = w.Write([]string{"seq", "at", "action", "actor", "object", "details", "hash"}) // to memory
	q := query(v)
	q.Limit = 500
	for n := 0; n < maxExported; {
		entries, next, err := c.Audit.List(v.Context, v.School(), q)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			_ = w.Write([]string{e.ID, e.At.Format(time.RFC3339), string(e.Action), cell(string(e.Actor)), cell(e.Object), cell(c.details(v, e)), e.Hash})
		}
		n += len(entries)
		if q.Cursor = next; next == "" {
			break
		}
	}
	w.Flush()
	return visit.Give("journal.csv", "text/csv; charset=utf-8", b.Bytes()), nil
}

// cell keeps a spreadsheet from taking text for a formula.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
