package store

import (
	"bytes"
	"fmt"
	"iter"

	"github.com/preau-ent/preau/sdk/errors"
)

// RangeOption narrows or turns what Range, Page and Count walk. Bounds add up:
// an item has to be within all of them.
type RangeOption func(*scope)

// From begins at the first key that is, or begins with, these parts.
func From(parts ...any) RangeOption { return func(s *scope) { s.above(K(parts...)) } }

// To ends behind the last key that is, or begins with, these parts.
func To(parts ...any) RangeOption { return func(s *scope) { s.below(K(parts...)) } }

// Prefix keeps the keys that begin with these parts: From and To in one.
func Prefix(parts ...any) RangeOption {
	return func(s *scope) { s.above(K(parts...)); s.below(K(parts...)) }
}

// Reverse walks from the last key to the first.
func Reverse() RangeOption { return func(s *scope) { s.reverse = true } }

// Limit ends a Range or a Count after n items; a Page has its own.
func Limit(n int) RangeOption { return func(s *scope) { s.limit = max(n, 0) } }

// scope is a part of one index: the keys [from, to).
type scope struct {
	prefix   Key  // of the index
	rows     bool // the index is the collection itself: values are items
	from, to Key
	reverse  bool
	limit    int // -1: none
}

// scope returns the part of the index that the options say, "" being the items
// by ID.
func (c *Collection[T]) scope(index string, opts []RangeOption) (*scope, error) {
	s := &scope{prefix: c.rows, rows: true, limit: -1}
	if index != "" {
		ix := c.index(index)
		if ix == nil {
			return nil, c.fail(errors.Bug, "no index %q", index)
		}
		s.prefix, s.rows = ix.prefix, false
	}
	s.from, s.to = s.prefix, behind(s.prefix)
	for _, opt := range opts {
		opt(s)
	}
	return s, nil
}

func (s *scope) above(k Key) {
	if k = join(s.prefix, k); bytes.Compare(k, s.from) > 0 {
		s.from = k
	}
}

func (s *scope) below(k Key) {
	if k = behind(join(s.prefix, k)); bytes.Compare(k, s.to) < 0 {
		s.to = k
	}
}

// after goes on behind this key, in the direction of the walk.
func (s *scope) after(key Key) {
	if s.reverse {
		if bytes.Compare(key, s.to) < 0 {
			s.to = key
		}
	} else if key = append(join(key), 0); bytes.Compare(key, s.from) > 0 {
		s.from = key
	}
}

// behind returns the least key that is after all keys that begin with k.
func behind(k Key) Key { return append(join(k), afterAll) }

// entry is one key of an index and the ID of the item that it leads to.
type entry struct {
	key   Key
	id    string
	value []byte // the item, when the index is the collection itself
}

// entries walks the scope, at most limit keys of it.
func (s *scope) entries(tx Tx) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		if s.limit == 0 || bytes.Compare(s.from, s.to) >= 0 {
			return
		}
		n := 0
		for p, err := range tx.Scan(s.from, s.to, s.reverse) {
			e := entry{key: p.Key}
			if err == nil {
				e, err = s.entry(p)
			}
			if n++; !yield(e, err) || err != nil || n == s.limit {
				return
			}
		}
	}
}

func (s *scope) entry(p Pair) (entry, error) {
	if !s.rows {
		return entry{key: p.Key, id: string(p.Value)}, nil
	}
	id, n := cutPart(Key(p.Key[len(s.prefix):]))
	text, ok := id.(string)
	if !ok || len(s.prefix)+n != len(p.Key) {
		return entry{}, errors.Internal(fmt.Errorf("store: strange key % x", p.Key))
	}
	return entry{key: p.Key, id: text, value: p.Value}, nil
}
