package roster

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
)

// keyOf returns the stable key of a person whom the source gives no
// identifier. It is a digest, so that no address is kept in the school's data.
func keyOf(source string, p ids.Profile, parts ...string) string {
	for i := range parts {
		parts[i] = Fold(parts[i])
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return source + ":" + string(p) + ":" + hex.EncodeToString(sum[:12])
}

// settle makes the keys of a roster unique. Guardians of one key are one
// person listed once for each child, and so is anybody listed twice in the same
// classes. Two people of one name and birth date in different classes are two
// people: the class joins the key of both, so that neither ever takes the
// other's account when one of them leaves.
func settle(r *Roster) {
	byKey := map[string][]int{}
	for i := range r.People {
		byKey[r.People[i].Key] = append(byKey[r.People[i].Key], i)
	}
	gone := map[int]bool{}
	for i := range r.People {
		same := byKey[r.People[i].Key]
		if len(same) < 2 || same[0] != i {
			continue
		}
		first := &r.People[i]
		twins := false
		for _, j := range same[1:] {
			other := &r.People[j]
			if first.Profile != ids.Parent && !slices.Equal(first.Classes, other.Classes) {
				twins = true
				continue
			}
			first.Children = union(first.Children, other.Children)
			gone[j] = true
			r.Doubtful = append(r.Doubtful, remark(other.At, "roster.doubtful.twice", "name", other.Name(), "first", first.At.Line, "firstfile", first.At.File))
		}
		if twins {
			for _, j := range same {
				p := &r.People[j]
				r.Doubtful = append(r.Doubtful, remark(p.At, "roster.doubtful.homonym", "name", p.Name()))
				p.Key += "/" + Fold(strings.Join(p.Classes, " "))
			}
		}
	}
	kept := r.People[:0]
	for i := range r.People {
		if !gone[i] {
			kept = append(kept, r.People[i])
		}
	}
	r.People = kept
}

// Name returns the name as lists show it: "MARTINEZ Marjolaine".
func (p *Person) Name() string { return tidy(p.LastName + " " + p.FirstName) }

func union(a, b []Child) []Child {
	for _, c := range b {
		if !slices.Contains(a, c) {
			a = append(a, c)
		}
	}
	return a
}
