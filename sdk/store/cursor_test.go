package store

import (
	"bytes"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
)

// FuzzCursor: no text makes a page leave its bounds, and what is taken is what
// the scope itself would write.
func FuzzCursor(f *testing.F) {
	c := NewCollection("c", Index("i", func(*struct{ ID string }) Key { return K("x") }))
	bounded := func(reverse bool) *scope {
		s, _ := c.scope("i", []RangeOption{Prefix("b")})
		s.reverse = reverse
		return s
	}
	f.Add(bounded(false).cursor(K("c", "i", "b", 3, "id")), false)
	f.Add(bounded(true).cursor(K("c", "i", "a")), true)
	f.Add("", false)
	f.Fuzz(func(t *testing.T, text string, reverse bool) {
		s, whole := bounded(reverse), bounded(reverse)
		key, err := s.openCursor(text)
		if err != nil {
			if errors.KindOf(err) != errors.Invalid {
				t.Errorf("%q: %v, want Invalid", text, err)
			}
			// The checksum does not have to hold for the bounds to.
			key = join(s.prefix, Key(text))
		} else if again, err := s.openCursor(s.cursor(key)); err != nil || !bytes.Equal(again, key) {
			t.Errorf("%q stands for % x, which does not come back", text, key)
		}
		if s.after(key); bytes.Compare(s.from, whole.from) < 0 || bytes.Compare(s.to, whole.to) > 0 {
			t.Errorf("%q leads out of the bounds", text)
		}
	})
}
