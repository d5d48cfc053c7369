package plugintest

import (
	"cmp"
	"net/url"
	"slices"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/ui"
)

// Submit fills in the page's form to a path that begins with prefix and sends
// it as a browser would: with the values that stand in it already, those of
// values instead where given. A value for a field that the form does not have
// fails the test.
func (v *Visitor) Submit(tree proto.Message, prefix string, values url.Values, files ...Upload) *Answer {
	v.h.t.Helper()
	form := FormTo(v.h.t, tree, prefix)
	send := url.Values{}
	for name, value := range form.Values {
		send.Set(name, value)
	}
	known := map[string]bool{}
	for _, f := range form.Fields {
		known[f.Name] = true
		if present := standing(f); len(present) > 0 {
			send[f.Name] = present
		}
	}
	for _, b := range form.Others {
		known[b.Name] = true
	}
	for name, value := range values {
		if !known[name] {
			v.h.t.Fatalf("the form to %s has no field %s", form.Path, name)
		}
		send[name] = value
	}
	if form.Search {
		return v.Do("GET", form.Path, send)
	}
	multipart := slices.ContainsFunc(form.Fields, func(f *ui.Field) bool { return f.GetFile() != nil })
	if multipart || len(files) > 0 {
		return v.PostFiles(form.Path, send, files...)
	}
	return v.Post(form.Path, send)
}

// Press presses the tree's button to a path that begins with prefix.
func (v *Visitor) Press(tree proto.Message, prefix string) *Answer {
	v.h.t.Helper()
	a := ActionTo(v.h.t, tree, prefix)
	send := url.Values{}
	for name, value := range a.Values {
		send.Set(name, value)
	}
	return v.Post(a.Path, send)
}

// standing returns what a browser would send for a field nobody touched.
func standing(f *ui.Field) []string {
	one := func(s string) []string { return []string{s} }
	switch {
	case f.GetText() != nil:
		return one(f.GetText().Value)
	case f.GetLongText() != nil:
		return one(f.GetLongText().Value)
	case f.GetDate() != nil:
		return one(f.GetDate().Value)
	case f.GetNumber() != nil:
		return one(f.GetNumber().Value)
	case f.GetCheck() != nil:
		if !f.GetCheck().Checked {
			return nil
		}
		return one(cmp.Or(f.GetCheck().Value, "on"))
	case f.GetChoice() != nil:
		c := f.GetChoice()
		chosen := chosen(c.Options)
		if len(chosen) == 0 && !c.Multiple && !c.Expanded && len(c.Options) > 0 {
			return one(c.Options[0].Value) // a drop-down always has a value
		}
		return chosen
	case f.GetPicker() != nil:
		return chosen(f.GetPicker().Options)
	}
	return nil
}

func chosen(options []*ui.Option) []string {
	var out []string
	for _, o := range options {
		if o.Selected && !o.Disabled {
			out = append(out, o.Value)
		}
	}
	return out
}
