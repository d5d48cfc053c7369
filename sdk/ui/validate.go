package ui

import (
	"fmt"
	"path"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/errors"
)

// Limits of a tree.
const (
	MaxDepth    = 40    // messages inside messages; a section is two of them
	MaxMessages = 50000 // of all kinds
)

// Validate returns an Invalid error, naming the place, when a page, node or
// entry breaks a limit: depth, size, an icon outside the set, a path that is
// not clean, an anchor used twice.
func Validate(tree proto.Message) error {
	v := validator{left: MaxMessages}
	return v.message(tree.ProtoReflect(), 0)
}

// CleanPath reports whether p may be a link: it begins with one "/", its part
// before "?" is clean, and it holds no fragment, backslash or control character.
func CleanPath(p string) bool {
	plain, _, _ := strings.Cut(p, "?")
	if !strings.HasPrefix(plain, "/") || strings.HasPrefix(plain, "//") {
		return false
	}
	if strings.ContainsAny(p, "\\#") || strings.ContainsFunc(p, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return false
	}
	cleaned := path.Clean(plain)
	return plain == cleaned || plain == cleaned+"/"
}

type validator struct {
	left    int
	anchors map[string]bool
}

func (v *validator) message(m protoreflect.Message, depth int) (err error) {
	if v.left--; v.left < 0 {
		return broken(m, "more than %d parts", MaxMessages)
	}
	if depth > MaxDepth {
		return broken(m, "deeper than %d", MaxDepth)
	}
	switch k := m.Interface().(type) {
	case *timestamppb.Timestamp, *About:
		return nil
	case *Words:
		return v.words(k, depth)
	case *Node:
		if err := v.anchor(k); err != nil {
			return err
		}
	}
	m.Range(func(f protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		switch {
		case f.IsMap():
		case f.Kind() == protoreflect.MessageKind && f.IsList():
			list := value.List()
			for i := 0; i < list.Len() && err == nil; i++ {
				err = v.message(list.Get(i).Message(), depth+1)
			}
		case f.Kind() == protoreflect.MessageKind:
			err = v.message(value.Message(), depth+1)
		case f.Name() == "path":
			if !CleanPath(value.String()) {
				err = broken(m, "path %q is not clean", value.String())
			}
		case f.Name() == "icon":
			if !HasIcon(value.String()) {
				err = broken(m, "icon %q is not of the set", value.String())
			}
		}
		return err == nil
	})
	return err
}

// words are half of every tree and hold only words: walked by hand.
func (v *validator) words(w *Words, depth int) error {
	for _, a := range w.Args {
		if inner := a.GetText(); inner != nil {
			if err := v.message(inner.ProtoReflect(), depth+2); err != nil {
				return err
			}
		}
	}
	return nil
}

func (v *validator) anchor(n *Node) error {
	if n.Id == "" {
		return nil
	}
	if v.anchors[n.Id] {
		return broken(n.ProtoReflect(), "anchor %q is used twice", n.Id)
	}
	if v.anchors == nil {
		v.anchors = map[string]bool{}
	}
	v.anchors[n.Id] = true
	return nil
}

func broken(m protoreflect.Message, format string, args ...any) error {
	cause := fmt.Errorf("%s: "+format, append([]any{m.Descriptor().Name()}, args...)...)
	return errors.Wrap(cause, errors.Invalid, "ui.garbage")
}
