package sdk

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Viewer is who asks, as the core found them.
type Viewer struct {
	Person      ids.PersonID
	Name        string // "Camille Martin"
	FirstName   string
	School      ids.SchoolID
	SchoolName  string
	Profile     ids.Profile
	Groups      []Group        // their classes and groups in this school
	Children    []Child        // of a parent, in this school
	Child       ids.PersonID   // the child a parent has chosen to look at; empty: all
	Locale      string         // "fr", "en"
	TimeZone    *time.Location // the school's, never nil
	Permissions []ids.Permission
	RequestID   string
}

// Group is a class ("classe") or another group ("groupe") of the school.
type Group struct {
	ID   ids.GroupID
	Name string
	Kind string
}

// Child is a pupil of whom the viewer is a parent or guardian.
type Child struct {
	ID        ids.PersonID
	Name      string
	FirstName string
	Groups    []Group
}

// May reports whether the viewer holds this permission of the module. The core
// has already checked the permission of the route or widget itself.
func (v *Viewer) May(p ids.Permission) bool { return slices.Contains(v.Permissions, p) }

// Ours reports whether p is the viewer or one of the viewer's children.
func (v *Viewer) Ours(p ids.PersonID) bool {
	if p == "" {
		return false
	}
	return p == v.Person || slices.ContainsFunc(v.Children, func(c Child) bool { return c.ID == p })
}

// In reports whether the viewer belongs to the group.
func (v *Viewer) In(g ids.GroupID) bool { return inGroup(v.Groups, g) }

// Pupils returns those whose school life the viewer follows: a pupil
// themselves, a parent's chosen child or else all their children, else none.
func (v *Viewer) Pupils() []Child {
	switch v.Profile {
	case ids.Eleve:
		return []Child{{ID: v.Person, Name: v.Name, FirstName: v.FirstName, Groups: v.Groups}}
	case ids.Parent:
		if v.Child == "" {
			return v.Children
		}
		for _, c := range v.Children {
			if c.ID == v.Child {
				return []Child{c}
			}
		}
	}
	return nil
}

// About names the viewer's children among people, so that the core shows a
// parent of several whom an item concerns. It is empty for everyone else.
func (v *Viewer) About(people ...ids.PersonID) []*ui.About {
	var about []*ui.About
	for _, c := range v.Children {
		if slices.Contains(people, c.ID) {
			about = append(about, &ui.About{Person: string(c.ID), Name: c.FirstName})
		}
	}
	return about
}

// In reports whether the child belongs to the group.
func (c Child) In(g ids.GroupID) bool { return inGroup(c.Groups, g) }

func inGroup(groups []Group, id ids.GroupID) bool {
	return slices.ContainsFunc(groups, func(g Group) bool { return g.ID == id })
}

// viewerOf translates the wire's viewer. An unknown time zone is Europe/Paris'
// business of the core: here it falls back to UTC rather than to the machine's.
func viewerOf(w *wire.Viewer) *Viewer {
	v := &Viewer{
		Person: ids.PersonID(w.GetPerson()), Name: w.GetName(), FirstName: w.GetFirstName(),
		School: ids.SchoolID(w.GetSchool()), SchoolName: w.GetSchoolName(),
		Profile: ids.Profile(w.GetProfile()), Groups: groupsOf(w.GetGroups()),
		Child: ids.PersonID(w.GetChild()), Locale: w.GetLocale(),
		TimeZone: zone(w.GetTimeZone()), RequestID: w.GetRequestId(),
	}
	for _, c := range w.GetChildren() {
		v.Children = append(v.Children, Child{
			ID: ids.PersonID(c.GetPerson()), Name: c.GetName(), FirstName: c.GetFirstName(), Groups: groupsOf(c.GetGroups()),
		})
	}
	for _, p := range w.GetPermissions() {
		v.Permissions = append(v.Permissions, ids.Permission(p))
	}
	return v
}

func groupsOf(in []*wire.Group) []Group {
	var out []Group
	for _, g := range in {
		out = append(out, Group{ID: ids.GroupID(g.GetId()), Name: g.GetName(), Kind: g.GetKind()})
	}
	return out
}
