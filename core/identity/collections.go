package identity

import "github.com/preau-ent/preau/sdk/store"

// In the space of no school.
var (
	schools = store.NewCollection[School]("identity.schools")

	accounts = store.NewCollection[Account]("identity.accounts",
		store.Unique("login", func(a *Account) store.Key { return store.K(Fold(a.Login)) }))

	// links says whose account the import of a school means by a source key.
	links = store.NewCollection[link]("identity.links")

	sessions = store.NewCollection[stored]("identity.sessions",
		store.Index("person", func(s *stored) store.Key { return store.K(s.Person) }),
		store.Index("ends", func(s *stored) store.Key { return store.K(s.Ends) }))
)

// In the space of each school.
var (
	members = store.NewCollection[Member]("identity.members",
		store.Unique("source", func(m *Member) store.Key { return unlessEmpty(m.Source) }),
		store.Index("name", func(m *Member) store.Key { return store.K(m.Left, sortName(m.LastName, m.FirstName)) }),
		store.Index("profile", func(m *Member) store.Key {
			return store.K(m.Left, m.Profile, sortName(m.LastName, m.FirstName))
		}),
		store.IndexMany("group", func(m *Member) []store.Key {
			var keys []store.Key
			for _, g := range m.Groups {
				keys = append(keys, store.K(m.Left, g, sortName(m.LastName, m.FirstName)))
			}
			return keys
		}),
		store.IndexMany("role", func(m *Member) []store.Key {
			var keys []store.Key
			for _, r := range m.Roles {
				keys = append(keys, store.K(m.Left, r))
			}
			return keys
		}),
		store.IndexMany("guardian", func(m *Member) []store.Key {
			var keys []store.Key
			for _, g := range m.Guardians {
				keys = append(keys, store.K(m.Left, g, m.Birth)) // a parent sees the eldest first
			}
			return keys
		}),
		store.IndexMany("word", func(m *Member) []store.Key {
			var keys []store.Key
			for _, w := range foldWords(m.FirstName, m.LastName, m.Login) {
				keys = append(keys, store.K(m.Left, w))
			}
			return keys
		}),
		store.Index("left", func(m *Member) store.Key {
			if !m.Left {
				return nil
			}
			return store.K(m.ID)
		}))

	// binned are the groups that were deleted lately.
	binned = store.NewCollection[DeletedGroup]("identity.binned",
		store.Index("at", func(d *DeletedGroup) store.Key { return store.K(d.At) }))

	groups = store.NewCollection[Group]("identity.groups",
		store.Unique("source", func(g *Group) store.Key { return unlessEmpty(g.Source) }),
		store.Index("name", func(g *Group) store.Key { return store.K(g.Kind, Fold(g.Name)) }))
)

func unlessEmpty(s string) store.Key {
	if s == "" {
		return nil
	}
	return store.K(s)
}
