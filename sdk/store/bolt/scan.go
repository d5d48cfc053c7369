package bolt

import (
	"bytes"
	"iter"

	"go.etcd.io/bbolt"

	"github.com/preau-ent/preau/sdk/store"
)

// checkEvery is the number of pairs after which a scan looks whether its caller
// is still there.
const checkEvery = 256

// Scan implements [store.Tx]. A write moves what bbolt's cursor points at, so
// after one the cursor seeks its place again.
func (t *tx) Scan(from, to []byte, reverse bool) iter.Seq2[store.Pair, error] {
	return func(yield func(store.Pair, error) bool) {
		if t.over {
			yield(store.Pair{}, errOver)
			return
		}
		w := walk{c: t.data.Cursor(), from: bytes.Clone(from), to: bytes.Clone(to), reverse: reverse}
		k, v := w.first()
		for n := 1; w.within(k); n++ {
			if n%checkEvery == 0 && t.ctx.Err() != nil {
				yield(store.Pair{}, t.ctx.Err())
				return
			}
			writes, p := len(t.log), pair(k, v)
			w.last = append(w.last[:0], k...)
			if !yield(p, nil) {
				return
			}
			switch {
			case t.over:
				yield(store.Pair{}, errOver)
				return
			case len(t.log) != writes:
				k, v = w.again()
			default:
				k, v = w.next()
			}
		}
	}
}

// pair copies key and value into one piece of memory, neither able to grow into
// the other.
func pair(k, v []byte) store.Pair {
	both := append(append(make([]byte, 0, len(k)+len(v)), k...), v...)
	return store.Pair{Key: both[:len(k):len(k)], Value: both[len(k):]}
}

// walk moves a cursor through [from, to) in one direction.
type walk struct {
	c        *bbolt.Cursor
	from, to []byte
	reverse  bool
	last     []byte // the key yielded last
}

func (w *walk) first() (k, v []byte) {
	switch {
	case w.reverse && w.to != nil:
		return w.before(w.to)
	case w.reverse:
		return w.c.Last()
	}
	return w.c.Seek(w.from)
}

func (w *walk) next() (k, v []byte) {
	if w.reverse {
		return w.c.Prev()
	}
	return w.c.Next()
}

// again finds the neighbour of the last key anew.
func (w *walk) again() (k, v []byte) {
	if w.reverse {
		return w.before(w.last)
	}
	if k, v = w.c.Seek(w.last); bytes.Equal(k, w.last) {
		return w.c.Next()
	}
	return k, v
}

// before goes to the greatest key less than this one.
func (w *walk) before(key []byte) (k, v []byte) {
	if k, _ = w.c.Seek(key); k == nil {
		return w.c.Last()
	}
	return w.c.Prev()
}

func (w *walk) within(k []byte) bool {
	if k == nil {
		return false
	}
	if w.reverse {
		return bytes.Compare(k, w.from) >= 0
	}
	return w.to == nil || bytes.Compare(k, w.to) < 0
}
