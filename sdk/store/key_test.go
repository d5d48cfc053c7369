package store

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/ids"
)

var part = rapid.OneOf(
	rapid.StringOfN(rapid.RuneFrom([]rune{0, 1, 'a', 'b', 'é', 0xFFFF, 0x10FFFF}), 0, 4, -1).AsAny(),
	rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 2, 0x20, 0xFE, 0xFF}), 0, 4), func(b []byte) string { return string(b) }).AsAny(),
	rapid.Bool().AsAny(),
	rapid.Int64().AsAny(),
	rapid.Int64Range(-2, 2).AsAny(),
	rapid.Uint64Min(1<<63).AsAny(),
	rapid.Custom(func(t *rapid.T) time.Time {
		return time.Unix(rapid.Int64Range(-62135596800, 253402300799).Draw(t, "s"), rapid.Int64Range(0, 2).Draw(t, "ns")).UTC()
	}).AsAny(),
)

var tuple = rapid.SliceOfN(part, 0, 4)

// comparePart is the order that keys promise, said without bytes.
func comparePart(a, b any) int {
	rank := func(v any) int {
		return slices.Index([]string{"bool", "int64", "uint64", "time.Time", "string"}, fmt.Sprintf("%T", v))
	}
	if c := cmp.Compare(rank(a), rank(b)); c != 0 {
		return c
	}
	switch a := a.(type) {
	case bool:
		return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) // false, true
	case int64:
		return cmp.Compare(a, b.(int64))
	case uint64:
		return cmp.Compare(a, b.(uint64))
	case time.Time:
		return a.Compare(b.(time.Time))
	}
	return strings.Compare(a.(string), b.(string))
}

func TestKeysSortAsTheirValues(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a, b := tuple.Draw(r, "a"), tuple.Draw(r, "b")
		want := slices.CompareFunc(a, b, comparePart)
		if got := bytes.Compare(K(a...), K(b...)); got != want {
			r.Fatalf("K(%q) against K(%q) = %d, want %d", a, b, got, want)
		}
		if begins := len(a) <= len(b) && slices.CompareFunc(a, b[:len(a)], comparePart) == 0; bytes.HasPrefix(K(b...), K(a...)) != begins {
			r.Fatalf("K(%q) begins with K(%q): want %v", b, a, begins)
		}
		if p, q := part.Draw(r, "p"), part.Draw(r, "q"); comparePart(p, q) != 0 && bytes.HasPrefix(K(p), K(q)) {
			r.Fatalf("K(%q) begins with K(%q)", p, q)
		}
		if end := behind(K(a...)); bytes.Compare(K(append(a, b...)...), end) >= 0 {
			r.Fatalf("K(%q, %q) is not before the end of K(%q)", a, b, a)
		}
	})
}

func TestKeysReadBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		want := tuple.Draw(r, "parts")
		got, err := K(want...).Parts()
		if err != nil || slices.CompareFunc(got, want, comparePart) != 0 {
			r.Fatalf("%q came back as %q, %v", want, got, err)
		}
	})
}

func TestKTakesNamedTypes(t *testing.T) {
	type level uint8
	paris := time.Date(2026, 11, 21, 9, 0, 0, 0, time.FixedZone("Paris", 3600))
	for _, c := range []struct{ a, b Key }{
		{K(ids.PersonID("p")), K("p")},
		{K(level(3)), K(3)},
		{K(uint64(math.MaxInt64)), K(int64(math.MaxInt64))},
		{K(paris), K(paris.UTC())},
		{K("a", 1, true), join(K("a"), K(1), K(true))},
	} {
		if !bytes.Equal(c.a, c.b) {
			t.Errorf("% x differs from % x", c.a, c.b)
		}
	}
	if K() == nil {
		t.Error("K() is nil, which means no key")
	}
	for _, bad := range []any{1.5, nil, []byte("x"), struct{}{}, &paris} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("K(%T) did not panic", bad)
				}
			}()
			K(bad)
		}()
	}
}

// FuzzKeyParts: whatever the bytes, reading them does not fail badly, and what
// can be read is written the same.
func FuzzKeyParts(f *testing.F) {
	f.Add([]byte(K("homework", "class-due", "6A", time.Unix(1, 2), -3, uint64(math.MaxUint64), true)))
	f.Add([]byte{tagText, 'a', 0})
	f.Add([]byte{tagTime, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF})
	f.Fuzz(func(t *testing.T, raw []byte) {
		parts, err := Key(raw).Parts()
		if err == nil && !bytes.Equal(K(parts...), raw) {
			t.Errorf("% x was read as %q and written as % x", raw, parts, []byte(K(parts...)))
		}
	})
}
