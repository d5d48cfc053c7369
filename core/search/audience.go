package search

import (
	"slices"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk/wire"
)

// An audience becomes terms of the index such that a viewer is of the audience
// when, and only when, one of its terms is one of theirs. A term says who (or
// anybody), of which group (or any), with which profile (or any) and which
// permission (or none); a document has one for each way into its audience, a
// viewer one for each thing they are.

// maxTerms bounds the ways into one document; a document for more is for the
// first of them. A whole school by name is some thousands.
const maxTerms = 20_000

// termsOf returns the terms of a document at that moment, and when they change
// next; zero: never.
func termsOf(d *wire.Document, now time.Time) (terms []string, next time.Time) {
	for _, a := range d.GetAudience() {
		from := a.GetFrom().AsTime()
		if f := d.GetFrom().AsTime(); d.From != nil && f.After(from) {
			from = f
		}
		if (a.From != nil || d.From != nil) && now.Before(from) {
			if next.IsZero() || from.Before(next) {
				next = from
			}
			continue
		}
		for _, person := range orAny(a.People) {
			for _, group := range orAny(a.Groups) {
				for _, profile := range orAny(a.Profiles) {
					for _, permission := range orAny(a.Permissions) {
						if len(terms) < maxTerms {
							terms = append(terms, term(a.Guardians, person, group, profile, permission))
						}
					}
				}
			}
		}
	}
	return terms, next
}

// termsFor returns all terms of a viewer who holds these permissions.
func termsFor(v *wire.Viewer, permissions []string) (terms []string) {
	who := func(guardian bool, person string, groups []*wire.Group) {
		for _, p := range []string{"", person} {
			for _, g := range append([]string{""}, groupIDs(groups)...) {
				for _, profile := range []string{"", v.GetProfile()} {
					for _, permission := range append([]string{""}, permissions...) {
						terms = append(terms, term(guardian, p, g, profile, permission))
					}
				}
			}
		}
	}
	who(false, v.GetPerson(), v.GetGroups())
	for _, c := range v.GetChildren() {
		who(true, c.GetPerson(), c.GetGroups())
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// term joins its parts with what no id contains.
func term(guardian bool, person, group, profile, permission string) string {
	side := "o" // oneself
	if guardian {
		side = "g"
	}
	return strings.Join([]string{side, person, group, profile, permission}, "\x1f")
}

func orAny(list []string) []string {
	if len(list) == 0 {
		return []string{""}
	}
	return list
}

func groupIDs(groups []*wire.Group) []string {
	out := make([]string, len(groups))
	for i, g := range groups {
		out[i] = g.GetId()
	}
	return out
}
