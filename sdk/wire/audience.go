package wire

import (
	"slices"
	"time"
)

// SearchChanged is the event by which a module with the interface search says
// that documents came, changed or went; its payload is a [Changed].
const SearchChanged = "search.changed"

// Changed is the payload of [SearchChanged]: the ids of the documents, or that
// any of them may have changed.
type Changed struct {
	IDs []string `json:"ids,omitempty"`
	All bool     `json:"all,omitempty"`
}

// Admits reports whether the viewer, with the permissions of the document's
// module, is of the audience at that moment.
func (a *Audience) Admits(v *Viewer, now time.Time) bool {
	if a.From != nil && now.Before(a.From.AsTime()) {
		return false
	}
	if len(a.Profiles) > 0 && !slices.Contains(a.Profiles, v.GetProfile()) {
		return false
	}
	if len(a.Permissions) > 0 && !slices.ContainsFunc(v.GetPermissions(), func(p string) bool { return slices.Contains(a.Permissions, p) }) {
		return false
	}
	if !a.Guardians {
		return a.means(v.GetPerson(), v.GetGroups())
	}
	return slices.ContainsFunc(v.GetChildren(), func(c *Child) bool { return a.means(c.GetPerson(), c.GetGroups()) })
}

// Child reports whether the audience admits a guardian because of this child.
func (a *Audience) Child(c *Child) bool { return a.Guardians && a.means(c.GetPerson(), c.GetGroups()) }

func (a *Audience) means(person string, groups []*Group) bool {
	return (len(a.People) == 0 || slices.Contains(a.People, person)) &&
		(len(a.Groups) == 0 || slices.ContainsFunc(groups, func(g *Group) bool { return slices.Contains(a.Groups, g.GetId()) }))
}

// Admits reports whether the viewer may find the document at that moment.
func (d *Document) Admits(v *Viewer, now time.Time) bool {
	if d.From != nil && now.Before(d.From.AsTime()) {
		return false
	}
	return slices.ContainsFunc(d.Audience, func(a *Audience) bool { return a.Admits(v, now) })
}
