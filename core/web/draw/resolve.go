package draw

import (
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/preau-ent/preau/sdk/wire"
)

// Resolve returns a copy of a tree of c.Module (a page, node or entry) whose
// words are those the viewer reads, whose links, actions and forms lead to
// addresses, and which lacks those the viewer may not use. ui.JSON writes it.
func Resolve(c *Context, tree proto.Message) proto.Message {
	out := proto.Clone(tree)
	c.begin().resolve(out.ProtoReflect())
	return out
}

// resolve works on the copy in place, and reports whether it may stay.
func (c *Context) resolve(m protoreflect.Message) bool {
	switch v := m.Interface().(type) {
	case *wire.Text:
		v.Plain, v.Key, v.Args = c.w(v), "", nil
		return true
	case *wire.Link:
		if v.Path = c.Href(v); v.Path == "" {
			return false
		}
		v.Module, v.Anchor = "", ""
	case *wire.Action:
		if v.Path = c.Target("POST", v.Module, v.Path); v.Path == "" {
			return false
		}
		v.Module = ""
	case *wire.Form:
		if v.Path = c.viewForm(v, "").target; v.Path == "" {
			return false
		}
	case *wire.Calendar:
		v.Path = c.Target("GET", "", v.Path)
	}
	m.Range(func(f protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		switch {
		case f.Kind() != protoreflect.MessageKind || f.IsMap():
		case f.IsList():
			c.resolveList(value.List())
		default:
			if !c.resolve(value.Message()) {
				m.Clear(f)
			}
		}
		return true
	})
	return true
}

// resolveList keeps the elements that may stay.
func (c *Context) resolveList(l protoreflect.List) {
	kept := 0
	for i := range l.Len() {
		if c.resolve(l.Get(i).Message()) {
			l.Set(kept, l.Get(i))
			kept++
		}
	}
	l.Truncate(kept)
}
