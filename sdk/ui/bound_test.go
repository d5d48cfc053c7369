package ui

import (
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/errors"
)

// TestBounded: a page with too many parts is refused before it is decoded, and
// nothing else is.
func TestBounded(t *testing.T) {
	kind := (&Page{}).ProtoReflect().Descriptor()
	items := func(n int, more ...byte) []byte {
		var list []byte
		for range n {
			list = protowire.AppendBytes(protowire.AppendTag(list, 1, protowire.BytesType), more)
		}
		node := protowire.AppendBytes(protowire.AppendTag(nil, 10, protowire.BytesType), list)
		return protowire.AppendBytes(protowire.AppendTag(nil, 4, protowire.BytesType), node)
	}
	for name, c := range map[string]struct {
		b    []byte
		want bool
	}{
		"empty":            {nil, true},
		"long text":        {encoded(t, PageOf(S(string(make([]byte, 1<<20))))), true},
		"as many as go":    {items(MaxMessages - 2), true},
		"one too many":     {items(MaxMessages - 1), false},
		"a million":        {items(1 << 20), false},
		"unknown fields":   {items(MaxMessages-2, 0xf8, 0x07, 1), true},
		"deep groups":      {items(100, 0x0b, 0x0c), true},
		"garbage, however": {append(items(1), make([]byte, 1<<18)...), true},
	} {
		if got := Bounded(c.b, kind); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
		if _, err := Decode(c.b); !c.want && errors.KindOf(err) != errors.TooLarge {
			t.Errorf("%s was decoded: %v", name, err)
		}
	}
}

func encoded(t *testing.T, m proto.Message) []byte {
	b, err := proto.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
