package bolt

import (
	"bytes"
	"iter"
	"slices"

	"go.etcd.io/bbolt"

	"github.com/preau-ent/preau/sdk/store"
)

// checkEvery is the number of pairs after which a scan looks whether its caller
// is still there.
const checkEvery = 256

// Scan implements [store.Tx].
func (t *tx) Scan(from, to []byte, reverse bool) iter.Seq2[store.Pair, error] {
	return func(yield func(store.Pair, error) bool) {
		if t.over {
			yield(store.Pair{}, errOver)
			return
		}
		s := scan{tx: t, from: bytes.Clone(from), to: bytes.Clone(to), yield: yield}
		if reverse {
			s.backward()
		} else {
			s.forward()
		}
	}
}

// scan is a Scan under way.
type scan struct {
	*tx
	from, to []byte
	yield    func(store.Pair, error) bool
	at       []byte // the key given last
	n        int
}

// forward walks up. A write moves what bbolt's cursor points at, so after one
// the cursor seeks its place again.
func (s *scan) forward() {
	c := s.data.Cursor()
	k, v := c.Seek(s.from)
	for k != nil && s.beforeEnd(k) {
		s.at = append(s.at[:0], k...)
		writes := len(s.log)
		if !s.give(pair(k, v)) {
			return
		}
		if len(s.log) == writes {
			k, v = c.Next()
		} else if k, v = c.Seek(s.at); bytes.Equal(k, s.at) {
			k, v = c.Next()
		}
	}
}

// backward walks down. bbolt's cursor cannot walk down over pages that its own
// transaction has emptied: Prev ends there and Last never returns. So once there
// are writes, the keys that remain are listed upwards and looked up one by one.
func (s *scan) backward() {
	if !s.group.written() {
		c := s.data.Cursor()
		k, v := s.last(c)
		for ; k != nil && bytes.Compare(k, s.from) >= 0; k, v = c.Prev() {
			s.at = append(s.at[:0], k...)
			if !s.give(pair(k, v)) {
				return
			}
			if s.group.written() {
				s.to = s.at
				break
			}
		}
		if !s.group.written() {
			return
		}
	}
	for _, k := range slices.Backward(s.keys()) {
		if v := s.data.Get(k); v != nil && !s.give(pair(k, v)) {
			return
		}
	}
}

// last goes to the greatest key before the end.
func (s *scan) last(c *bbolt.Cursor) (k, v []byte) {
	if s.to == nil {
		return c.Last()
	}
	if k, _ = c.Seek(s.to); k == nil {
		return c.Last()
	}
	return c.Prev()
}

// keys lists the keys of the scan that are left, upwards.
func (s *scan) keys() (keys [][]byte) {
	c := s.data.Cursor()
	for k, _ := c.Seek(s.from); k != nil && s.beforeEnd(k); k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	return keys
}

func (s *scan) beforeEnd(k []byte) bool { return s.to == nil || bytes.Compare(k, s.to) < 0 }

// give yields a pair; false when the scan has to end.
func (s *scan) give(p store.Pair) bool {
	if s.n++; s.n%checkEvery == 0 && s.ctx.Err() != nil {
		s.yield(store.Pair{}, s.ctx.Err())
		return false
	}
	if !s.yield(p, nil) {
		return false
	}
	if s.over { // the loop outlived its transaction
		s.yield(store.Pair{}, errOver)
		return false
	}
	return true
}

// pair copies key and value into one piece of memory, neither able to grow into
// the other.
func pair(k, v []byte) store.Pair {
	both := append(append(make([]byte, 0, len(k)+len(v)), k...), v...)
	return store.Pair{Key: both[:len(k):len(k)], Value: both[len(k):]}
}
