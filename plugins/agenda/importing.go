package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// importHours is how long an import waits to be confirmed.
const importHours = 24

// Import is a timetable that was read and waits to be confirmed.
type Import struct {
	ID       string       `json:"id"`
	By       ids.PersonID `json:"by"`
	Calendar Calendar     `json:"calendar"`
	Name     string       `json:"name,omitempty"` // of the class or group
	Source   string       `json:"source"`         // name of the file, or its address
	Tidy     bool         `json:"tidy,omitempty"` // take away what is no longer in it
	Entries  []*Entry     `json:"entries,omitempty"`
	Faults   []Fault      `json:"faults,omitempty"`
	At       time.Time    `json:"at"`
}

var imports = store.NewCollection("imports",
	store.Index("at", func(i *Import) store.Key { return store.K(i.At) }))

// Plan is what an import would change.
type Plan struct {
	Create, Change, Remove []*Entry
	Unchanged              int
	Opens                  time.Time // to families, what is created; zero: at once
	Faults                 []Fault
}

// plan compares an import with what is stored.
func (i *Import) plan(tx store.Tx, v *sdk.Viewer, cfg Settings) (*Plan, error) {
	there := map[string]*Entry{}
	for e, err := range entries.Range(tx, "uid", store.Prefix(string(i.Calendar))) {
		if err != nil {
			return nil, err
		}
		there[e.UID] = e
	}
	p := &Plan{}
	series := map[string]string{} // UID → ID
	for _, e := range i.Entries {
		old := there[e.UID]
		delete(there, e.UID)
		switch {
		case old == nil:
			e.ID = ids.New()
			p.Create = append(p.Create, e)
		case !edits(v, cfg, old):
			p.Faults = append(p.Faults, Fault{UID: e.UID, Key: "agenda.import.foreign", What: e.Title})
		case old.Print == e.Print:
			e.ID = old.ID
			p.Unchanged++
		default:
			e.ID, e.Created, e.Sign, e.VisibleFrom = old.ID, old.Created, old.Sign, old.VisibleFrom
			p.Change = append(p.Change, e)
		}
		series[e.UID] = e.ID
	}
	for _, e := range i.Entries {
		if e.Series != "" {
			e.Series = series[e.Series]
		}
	}
	for _, old := range there {
		if i.Tidy && edits(v, cfg, old) {
			p.Remove = append(p.Remove, old)
		}
	}
	slices.SortFunc(p.Remove, func(a, b *Entry) int { return strings.Compare(a.UID, b.UID) })
	return p, nil
}

// apply stores a plan; what somebody changed by hand in a repeated lesson stays
// changed. It returns the entries that are no more.
func (p *Plan) apply(tx store.Tx, now time.Time) (gone []*Entry, err error) {
	for _, e := range p.Create {
		if err := keep(tx, e, now); err != nil {
			return nil, err
		}
	}
	for _, e := range p.Change {
		overrides, err := overridesOf(tx, e, time.Time{})
		if err != nil {
			return nil, err
		}
		for _, o := range overrides {
			if o.UID == "" && !slices.Contains(e.Except, o.Original) {
				e.Except = append(e.Except, o.Original)
			}
		}
		if err := keep(tx, e, now); err != nil {
			return nil, err
		}
	}
	for _, e := range p.Remove {
		overrides, err := dropOverrides(tx, e, time.Time{})
		if err != nil {
			return nil, err
		}
		gone = append(gone, overrides...)
		err = entries.Delete(tx, e.ID)
		if errors.KindOf(err) == errors.NotFound {
			continue // an override of a series that went before it
		}
		if err = errors.Join(err, reindex(tx, e)); err != nil {
			return nil, err
		}
		gone = append(gone, e)
	}
	return gone, nil
}

// address gives the entries of a timetable their place: the calendar, its
// teachers and the print by which a second import knows them.
func (i *Import) address(list []*Entry, v *sdk.Viewer, teachers []sdk.Person) error {
	_, group := i.Calendar.Group()
	for _, e := range list {
		e.Calendar, e.Name, e.Lesson = i.Calendar, i.Name, group
		e.Author, e.AuthorName, e.Source = v.Person, v.Name, i.Source
		switch {
		case !group:
		case v.Profile == ids.Enseignant:
			e.Teachers, e.Led = []ids.PersonID{v.Person}, v.Name
		default:
			e.Teachers, e.Led = ledBy(e, teachers)
		}
		e.Starts = nil // computed again when it is stored
		slices.Sort(e.Except)
		printed := *e
		printed.Source, printed.Last = "", time.Time{}
		raw, err := json.Marshal(printed)
		if err != nil {
			return errors.Internal(err)
		}
		sum := sha256.Sum256(raw)
		e.Print = hex.EncodeToString(sum[:12])
	}
	return nil
}

// ledBy finds the teachers of the class whom an event names.
func ledBy(e *Entry, teachers []sdk.Person) (people []ids.PersonID, led string) {
	words := strings.FieldsFunc(strings.ToUpper(e.Title+" "+e.Text), func(r rune) bool { return strings.ContainsRune(" \n\t,;:()/", r) })
	var names []string
	for _, t := range teachers {
		if t.LastName != "" && slices.Contains(words, strings.ToUpper(t.LastName)) {
			people, names = append(people, t.ID), append(names, t.Name)
		}
	}
	return people, strings.Join(names, ", ")
}

// openImport finds an import the viewer began and may still apply, else
// NotFound.
func openImport(tx store.Tx, v *sdk.Viewer, cfg Settings, id string) (*Import, error) {
	i, err := imports.Get(tx, id)
	if errors.KindOf(err) == errors.NotFound || err == nil && (i.By != v.Person || !writes(v, cfg, i.Calendar)) {
		return nil, gone()
	}
	return i, err
}

// forgetImports removes those that nobody confirmed in time.
func forgetImports(tx store.Tx, now time.Time) error {
	var old []string
	for i, err := range imports.Range(tx, "at", store.To(now.Add(-importHours*time.Hour))) {
		if err != nil {
			return err
		}
		old = append(old, i.ID)
	}
	for _, id := range old {
		if err := imports.Delete(tx, id); err != nil {
			return err
		}
	}
	return nil
}
