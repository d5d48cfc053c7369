package console

import (
	"time"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// readersMost bounds one list of names.
const readersMost = 500

// reader is somebody whom an announcement asks to say that they have read it.
type reader struct {
	*identity.Member
	at time.Time // zero: not yet
}

// readers are those an announcement is for, with when each has read it.
func (c *Console) readers(v *visit.Visit, a *home.Announcement) (list []reader, read int, err error) {
	receipts, err := c.Home.Receipts(v.Context, v.School(), a.ID)
	if err != nil {
		return nil, 0, err
	}
	at := map[string]time.Time{}
	for _, r := range receipts {
		at[string(r.Person)] = r.At
	}
	all, err := c.Identity.Members(v.Context, v.School(), "", a.Profiles...)
	if err != nil {
		return nil, 0, err
	}
	groups, err := c.pupilGroups(v, a)
	if err != nil {
		return nil, 0, err
	}
	for _, m := range all {
		mine := m.Groups
		for _, child := range m.Children {
			mine = append(mine[:len(mine):len(mine)], groups[child]...)
		}
		if a.For(m.Profile, mine...) {
			list = append(list, reader{m, at[m.ID]})
			if !at[m.ID].IsZero() {
				read++
			}
		}
	}
	return list, read, nil
}

// pupilGroups are the classes of every pupil, for their parents; nobody's when
// the announcement is for the whole school.
func (c *Console) pupilGroups(v *visit.Visit, a *home.Announcement) (map[ids.PersonID][]ids.GroupID, error) {
	out := map[ids.PersonID][]ids.GroupID{}
	if len(a.Groups) == 0 {
		return out, nil
	}
	pupils, err := c.Identity.Members(v.Context, v.School(), "", ids.Eleve)
	for _, p := range pupils {
		out[ids.PersonID(p.ID)] = p.Groups
	}
	return out, err
}

// addReaders adds to a line of the list how many have read, and the way to who.
func (c *Console) addReaders(v *visit.Visit, a *home.Announcement, item *ui.Item) error {
	list, read, err := c.readers(v, a)
	if err != nil {
		return err
	}
	item.Detail = ui.T("console.news.line", "who", c.audience(v, a), "read", ui.T("console.news.read", "n", read, "of", len(list)))
	return nil
}

// showReaders answers who has read an announcement, and who has not; ?lu= shows
// one or the other.
func (c *Console) showReaders(v *visit.Visit) (*visit.Answer, error) {
	a, err := c.announcement(v)
	if err != nil {
		return nil, err
	}
	list, read, err := c.readers(v, a)
	if err != nil {
		return nil, err
	}
	names, err := c.groupNames(v)
	if err != nil {
		return nil, err
	}
	which := v.Query.Get("lu")
	table := ui.Table("", ui.Columns("console.news.reader", "console.profile", "console.news.reader.class", "console.news.reader.at"))
	for _, r := range list {
		if yes := !r.at.IsZero(); which == "oui" && !yes || which == "non" && yes || len(table.GetTable().Rows) >= readersMost {
			continue
		}
		table.GetTable().Rows = append(table.GetTable().Rows, readerRow(v, r, names))
	}
	path := newsPath + "/" + a.ID + "/lectures"
	var links []*ui.Link
	for _, f := range [][2]string{{"", "console.news.readers.all"}, {"oui", "console.news.readers.yes"}, {"non", "console.news.readers.no"}} {
		l := ui.To(path+"?lu="+f[0], f[1])
		l.Current = f[0] == which
		links = append(links, l)
	}
	sum := &ui.Node{Title: ui.T("console.news.read", "n", read, "of", len(list))}
	sum.Kind = ui.Progress("console.news.readers", float64(read), float64(max(len(list), 1))).Kind
	nodes := []*ui.Node{sum, ui.Filters(ui.Filter("console.news.readers", links...)), ui.Empty(table, "console.news.readers.none", nil)}
	if len(list) > readersMost {
		nodes = append(nodes, ui.Text("console.news.readers.most", "n", readersMost))
	}
	return visit.Show(page(ui.T("console.news.readers"), []*ui.Link{ui.To(newsPath, "console.news"), ui.ToOf(newsPath+"/"+a.ID, ui.S(titleOf(a)))}, nodes...)), nil
}

func titleOf(a *home.Announcement) string {
	if a.Title == "" {
		return a.Text
	}
	return a.Title
}

func readerRow(v *visit.Visit, r reader, names map[ids.GroupID]string) *ui.Row {
	var classes []string
	for _, g := range r.Groups {
		if names[g] != "" {
			classes = append(classes, names[g])
		}
	}
	at := ui.CellOf(ui.T("console.news.reader.notyet"))
	if !r.at.IsZero() {
		at = ui.CellOf(ui.T("console.news.reader.when", "at", ui.Time(r.at, ui.DateTime)))
	}
	return ui.RowOf(ui.CellS(r.Name()), ui.CellS(v.Say.T("identity.profile."+string(r.Profile))), ui.CellS(v.Say.List(classes)), at)
}

func (c *Console) groupNames(v *visit.Visit) (map[ids.GroupID]string, error) {
	groups, err := c.Identity.Groups(v.Context, v.School())
	names := map[ids.GroupID]string{}
	for _, g := range groups {
		if g.Kind == identity.Classe {
			names[ids.GroupID(g.ID)] = g.Name
		}
	}
	return names, err
}
