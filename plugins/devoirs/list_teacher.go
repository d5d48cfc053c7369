package main

import (
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// Lists of a teacher's first page: values of ?liste=.
const (
	listComing  = ""
	listCorrect = "a-corriger"
	listDrafts  = "brouillons"
	listPast    = "passe"
	listBin     = "corbeille"
)

// authored is everything a teacher set, as their first page sorts it.
type authored struct {
	coming, drafts, past, bin []*Homework
	waiting                   map[string]int // copies to correct, by homework
	handed                    map[string]int
}

// authoredBy reads what a teacher set in the last school year and is to come.
func authoredBy(tx store.Tx, teacher ids.PersonID, now time.Time) (*authored, error) {
	a := &authored{waiting: map[string]int{}, handed: map[string]int{}}
	for h, err := range homework.Range(tx, "author", store.Prefix(teacher)) {
		switch {
		case err != nil:
			return nil, err
		case !h.Deleted.IsZero():
			a.bin = append(a.bin, h)
			continue
		case h.Draft:
			a.drafts = append(a.drafts, h)
			continue
		case h.Past(now):
			a.past = append(a.past, h)
		default:
			a.coming = append(a.coming, h)
		}
	}
	return a, a.count(tx, teacher)
}

// count fills in how many copies wait, and how many came for what is not over.
func (a *authored) count(tx store.Tx, teacher ids.PersonID) error {
	for c, err := range copies.Range(tx, "to-correct", store.Prefix(teacher)) {
		if err != nil {
			return err
		}
		a.waiting[c.Homework]++
	}
	for _, h := range a.bin {
		delete(a.waiting, h.ID)
	}
	for _, h := range a.coming {
		list, err := copiesOf(tx, h)
		if err != nil {
			return err
		}
		for _, c := range list {
			if c.Latest() != nil {
				a.handed[h.ID]++
			}
		}
	}
	return nil
}

// correcting lists what has copies that wait, the oldest first.
func (a *authored) correcting() (list []*Homework) {
	for _, h := range append(append([]*Homework{}, a.past...), a.coming...) {
		if a.waiting[h.ID] > 0 {
			list = append(list, h)
		}
	}
	return list
}

// teacherList is a teacher's first page.
func teacherList(r *sdk.Request) (*ui.Page, error) {
	current := r.FormValue("liste")
	var a *authored
	err := view(r, func(tx store.Tx) (err error) {
		a, err = authoredBy(tx, r.Viewer.Person, r.Now())
		return err
	})
	if err != nil {
		return nil, err
	}
	bar := ui.Toolbar(ui.WithIcon(ui.IconAdd, ui.To("/nouveau", "devoirs.new")),
		ui.WithIcon(ui.IconArchive, ui.To("/modeles", "devoirs.models")),
		ui.WithIcon(ui.IconPeople, ui.To("/classes", "devoirs.classes")))
	if len(a.bin) > 0 || current == listBin {
		link := ui.WithIcon(ui.IconDelete, ui.To("/?liste="+listBin, "devoirs.bin"))
		link.Current = current == listBin
		bar.GetToolbar().Links = append(bar.GetToolbar().Links, link)
	}
	if current == listBin {
		page := ui.NewPage("devoirs.bin", a.list(r, current))
		page.Crumbs = []*ui.Link{ui.To("/", "devoirs.title")}
		return page, nil
	}
	return ui.NewPage("devoirs.title", bar, a.tabs(r, current)), nil
}

func (a *authored) tabs(r *sdk.Request, current string) *ui.Node {
	switch current {
	case listCorrect, listDrafts, listPast:
	default:
		current = listComing
	}
	waiting := 0
	for _, n := range a.waiting {
		waiting += n
	}
	var tabs []*ui.Tab
	for _, t := range []struct {
		list, key string
		count     int
	}{
		{listComing, "devoirs.tab.coming", 0},
		{listCorrect, "devoirs.tab.correct", waiting},
		{listDrafts, "devoirs.tab.drafts", len(a.drafts)},
		{listPast, "devoirs.tab.past", 0},
	} {
		path := "/?liste=" + t.list
		if t.list == listComing {
			path = "/"
		}
		tab := ui.TabTo(path, t.key)
		if t.list == current {
			tab = ui.TabHere(path, t.key, a.list(r, current))
		}
		tab.Count = int32(t.count)
		tabs = append(tabs, tab)
	}
	return ui.Tabs(tabs...)
}

// list shows one of the lists, with the next step when it is empty.
func (a *authored) list(r *sdk.Request, which string) *ui.Node {
	shown, empty := a.coming, "devoirs.empty.coming"
	next := ui.To("/nouveau", "devoirs.new")
	switch which {
	case listCorrect:
		shown, empty, next = a.correcting(), "devoirs.empty.correct", ui.To("/", "devoirs.tab.coming")
	case listDrafts:
		shown, empty = a.drafts, "devoirs.empty.drafts"
	case listPast:
		shown, empty, next = newestFirst(a.past), "devoirs.empty.past", ui.To("/", "devoirs.tab.coming")
	case listBin:
		shown, empty, next = a.bin, "devoirs.empty.bin", ui.To("/", "devoirs.title")
	}
	items := make([]*ui.Item, len(shown))
	for i, h := range shown {
		items[i] = a.item(h, r.Now())
	}
	return ui.Empty(ui.List(items...), empty, next)
}

func newestFirst(list []*Homework) []*Homework {
	out := make([]*Homework, len(list))
	for i, h := range list {
		out[len(list)-1-i] = h
	}
	return out
}
