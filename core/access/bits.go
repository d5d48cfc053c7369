package access

// bits is a set of permissions, each named by its place in the catalogue.
type bits []uint64

func newBits(n int) bits { return make(bits, (n+63)/64) }

func (b bits) has(i int) bool {
	return i>>6 < len(b) && b[i>>6]&(1<<(i&63)) != 0
}

func (b bits) put(i int, on bool) {
	if on {
		b[i>>6] |= 1 << (i & 63)
	} else {
		b[i>>6] &^= 1 << (i & 63)
	}
}

// sets holds one set of permissions per role.
type sets map[string]bits

func (s sets) clone() sets {
	c := make(sets, len(s))
	for role, b := range s {
		c[role] = append(bits(nil), b...)
	}
	return c
}
