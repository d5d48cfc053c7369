package identity

import (
	"context"
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// PeopleQuery chooses people of a school for a list.
type PeopleQuery struct {
	Words   string      // each is the beginning of a first name, last name or login; any case, any accents
	Profile ids.Profile // empty: all
	Group   ids.GroupID // empty: all
	Left    bool        // those who left instead
	Cursor  string      // where the page before ended; empty with Words, which have one page
	Limit   int         // 1 to 500, 50 when zero
}

func (q PeopleQuery) matches(m *Member) bool {
	return m.Left == q.Left && (q.Profile == "" || m.Profile == q.Profile) &&
		(q.Group == "" || slices.Contains(m.Groups, q.Group))
}

// ListPeople returns a page of people by last name, and the cursor of the next
// page, empty when there is none.
func (s *Service) ListPeople(ctx context.Context, school ids.SchoolID, q PeopleQuery) (page []*Member, next string, err error) {
	if q.Limit <= 0 || q.Limit > 500 {
		q.Limit = 50
	}
	err = s.view(ctx, school, func(tx store.Tx) error {
		if len(foldWords(q.Words)) > 0 {
			page, err = search(tx, q.Words, q.Left, q.Limit, q.matches)
		} else {
			page, next, err = list(tx, q)
		}
		if err != nil {
			return err
		}
		for _, m := range page {
			if err := m.relate(tx); err != nil {
				return err
			}
		}
		return nil
	})
	return page, next, err
}

// list walks the index that narrows most and filters the rest.
func list(tx store.Tx, q PeopleQuery) (page []*Member, next string, err error) {
	index, prefix := "name", []any{q.Left}
	switch {
	case q.Group != "":
		index, prefix = "group", append(prefix, q.Group)
	case q.Profile != "":
		index, prefix = "profile", append(prefix, q.Profile)
	}
	next = q.Cursor
	for {
		var part []*Member
		part, next, err = members.Page(tx, index, next, q.Limit-len(page), store.Prefix(prefix...))
		if err != nil {
			return nil, "", err
		}
		for _, m := range part {
			if q.matches(m) {
				page = append(page, m)
			}
		}
		if next == "" || len(page) >= q.Limit {
			return page, next, nil
		}
	}
}

// mostFound bounds what one search hands out.
const mostFound = 5000

// SearchPeople returns at most limit (50 when zero) living members of these
// profiles (none given: all) whose names or logins begin with all the words, by
// last name. Without words that is everybody.
func (s *Service) SearchPeople(ctx context.Context, school ids.SchoolID, words string, profiles []ids.Profile, limit int) (list []*Member, err error) {
	if limit <= 0 {
		limit = 50
	}
	limit = min(limit, mostFound)
	err = s.view(ctx, school, func(tx store.Tx) error {
		list, err = search(tx, words, false, limit, func(m *Member) bool {
			return len(profiles) == 0 || slices.Contains(profiles, m.Profile)
		})
		if err != nil {
			return err
		}
		for _, m := range list {
			if err := m.relate(tx); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// search walks the index of words at the longest of them, which has the fewest
// people, and looks at the other words in the items.
func search(tx store.Tx, text string, left bool, limit int, also func(*Member) bool) (found []*Member, err error) {
	words := foldWords(text)
	index, from, to := "name", store.From(left), store.To(left)
	if len(words) > 0 {
		slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
		index, from, to = "word", store.From(left, words[0]), store.To(left, words[0]+"\U0010FFFF")
	}
	seen := map[string]bool{}
	for m, err := range members.Range(tx, index, from, to) {
		if err != nil {
			return nil, err
		}
		if seen[m.ID] || !begins(foldWords(m.FirstName, m.LastName, m.Login), words) || !also(m) {
			continue
		}
		seen[m.ID] = true
		if found = append(found, m); len(found) == limit {
			break
		}
	}
	slices.SortStableFunc(found, func(a, b *Member) int {
		return strings.Compare(sortName(a.LastName, a.FirstName), sortName(b.LastName, b.FirstName))
	})
	return found, nil
}

// begins reports whether each of words is the beginning of one of has.
func begins(has, words []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(has, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return true
}
