package directory

import (
	"slices"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// sees reports whether the viewer may open the page of a member of their
// school; children are the groups of the member's children.
//
// Everybody sees who works in the school. Who works there sees the pupils;
// their guardians are for the office and for the teachers of their children. A
// pupil sees those of their classes and groups, a guardian their own children.
func sees(v *wire.Viewer, m *identity.Member, children []ids.GroupID) bool {
	switch profile := ids.Profile(v.GetProfile()); {
	case m.Left:
		return false
	case m.Staff() || m.ID == v.GetPerson():
		return true
	case m.Profile == ids.Parent:
		return profile == ids.VieScol || profile == ids.Direction || profile == ids.Personnel ||
			profile == ids.Enseignant && shares(v.GetGroups(), children)
	case profile == ids.Eleve:
		return shares(v.GetGroups(), m.Groups)
	case profile == ids.Parent:
		return slices.ContainsFunc(v.GetChildren(), func(c *wire.Child) bool { return c.GetPerson() == m.ID })
	}
	return true
}

// enters reports whether the viewer may open the page of a class or group.
func enters(v *wire.Viewer, group ids.GroupID) bool {
	switch ids.Profile(v.GetProfile()) {
	case ids.Eleve:
		return shares(v.GetGroups(), []ids.GroupID{group})
	case ids.Parent:
		return shares(v.GetGroups(), []ids.GroupID{group}) ||
			slices.ContainsFunc(v.GetChildren(), func(c *wire.Child) bool { return shares(c.GetGroups(), []ids.GroupID{group}) })
	}
	return true
}

func shares(groups []*wire.Group, with []ids.GroupID) bool {
	return slices.ContainsFunc(groups, func(g *wire.Group) bool { return slices.Contains(with, ids.GroupID(g.GetId())) })
}
