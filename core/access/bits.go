package access

import "slices"

// sets holds, for every role of one school, the set of permissions that it
// has, as bits: row after row in one slice, so that a decision touches one
// place in memory.
type sets struct {
	width int // words of a row
	bits  []uint64
}

// roleRow is the row of each role.
var roleRow = func() map[string]int {
	rows := map[string]int{}
	for i, role := range Roles() {
		rows[role] = i
	}
	return rows
}()

func newSets(permissions int) sets {
	width := (permissions + 63) / 64
	return sets{width, make([]uint64, width*len(roleRow))}
}

// has reports whether the role has permission number i; an unknown role, and
// any role of the zero sets, has none.
func (s sets) has(role string, i int) bool {
	row, ok := roleRow[role]
	return ok && s.width > 0 && s.bits[row*s.width+i>>6]&(1<<(i&63)) != 0
}

func (s sets) put(role string, i int, on bool) {
	word := &s.bits[roleRow[role]*s.width+i>>6]
	if on {
		*word |= 1 << (i & 63)
	} else {
		*word &^= 1 << (i & 63)
	}
}

func (s sets) clone() sets { return sets{s.width, slices.Clone(s.bits)} }
