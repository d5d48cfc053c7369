package plugintest

import (
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Walk visits a tree's messages from the top, in the order of their fields.
func Walk(tree proto.Message, visit func(proto.Message)) {
	if tree == nil || !tree.ProtoReflect().IsValid() {
		return
	}
	visit(tree)
	m := tree.ProtoReflect()
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		if !m.Has(f) || f.Kind() != protoreflect.MessageKind || f.IsMap() {
			continue
		}
		if !f.IsList() {
			Walk(m.Get(f).Message().Interface(), visit)
			continue
		}
		for list, j := m.Get(f).List(), 0; j < list.Len(); j++ {
			Walk(list.Get(j).Message().Interface(), visit)
		}
	}
}

// All returns the messages of one type in a tree: All[*ui.Item](page).
func All[T proto.Message](tree proto.Message) []T {
	var out []T
	Walk(tree, func(m proto.Message) {
		if one, ok := m.(T); ok {
			out = append(out, one)
		}
	})
	return out
}

// Texts returns everything a tree says: translation keys, plain words, string
// arguments, Markdown, names of files and people, values of fields.
func Texts(tree proto.Message) []string {
	var out []string
	say := func(s ...string) {
		for _, one := range s {
			if one != "" {
				out = append(out, one)
			}
		}
	}
	Walk(tree, func(m proto.Message) {
		switch m := m.(type) {
		case *wire.Text:
			say(m.Key)
			if m.Key == "" {
				say(m.Plain)
			}
		case *wire.Arg:
			say(m.GetS())
		case *wire.Markdown:
			say(m.Source)
		case *wire.File:
			say(m.Name, m.By)
		case *wire.PersonCard:
			say(m.Name)
		case *wire.About:
			say(m.Name)
		case *wire.Post:
			say(m.Author, m.Body)
		case *wire.Event:
			say(m.Body)
		case *wire.Entry:
			say(m.Place)
		case *wire.TextInput:
			say(m.Value)
		case *wire.LongText:
			say(m.Value)
		case *wire.DateInput:
			say(m.Value)
		case *wire.NumberInput:
			say(m.Value)
		}
	})
	return out
}

// Says reports whether the tree holds words: a whole translation key, or part
// of what somebody wrote.
func Says(tree proto.Message, words string) bool {
	return slices.ContainsFunc(Texts(tree), func(s string) bool { return s == words || strings.Contains(s, words) })
}

// Has fails the test for each of the words that the tree does not hold.
func Has(t testing.TB, tree proto.Message, words ...string) {
	t.Helper()
	for _, w := range words {
		if !Says(tree, w) {
			t.Errorf("no %q in %q", w, Texts(tree))
		}
	}
}

// HasNot fails the test for each of the words that the tree does hold.
func HasNot(t testing.TB, tree proto.Message, words ...string) {
	t.Helper()
	for _, w := range words {
		if Says(tree, w) {
			t.Errorf("%q is in %q", w, Texts(tree))
		}
	}
}

// LinkTo returns the first link whose path begins with prefix, or fails the test.
func LinkTo(t testing.TB, tree proto.Message, prefix string) *ui.Link {
	t.Helper()
	var paths []string
	for _, l := range All[*ui.Link](tree) {
		if strings.HasPrefix(l.Path, prefix) {
			return l
		}
		paths = append(paths, l.Path)
	}
	t.Fatalf("no link to %s among %q", prefix, paths)
	return nil
}

// ActionTo returns the first button whose path begins with prefix, or fails the test.
func ActionTo(t testing.TB, tree proto.Message, prefix string) *ui.Action {
	t.Helper()
	var paths []string
	for _, a := range All[*ui.Action](tree) {
		if strings.HasPrefix(a.Path, prefix) {
			return a
		}
		paths = append(paths, a.Path)
	}
	t.Fatalf("no button to %s among %q", prefix, paths)
	return nil
}

// FormTo returns the first form whose path begins with prefix, or fails the test.
func FormTo(t testing.TB, tree proto.Message, prefix string) *ui.Form {
	t.Helper()
	var paths []string
	for _, f := range All[*ui.Form](tree) {
		if strings.HasPrefix(f.Path, prefix) {
			return f
		}
		paths = append(paths, f.Path)
	}
	t.Fatalf("no form to %s among %q", prefix, paths)
	return nil
}

// FieldOf returns the form's field of this name, or fails the test.
func FieldOf(t testing.TB, form *ui.Form, name string) *ui.Field {
	t.Helper()
	var names []string
	for _, f := range form.GetFields() {
		if f.Name == name {
			return f
		}
		names = append(names, f.Name)
	}
	t.Fatalf("no field %s among %q", name, names)
	return nil
}
