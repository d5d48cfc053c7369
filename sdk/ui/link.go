package ui

import (
	"maps"

	"github.com/preau-ent/preau/sdk/wire"
)

// To returns a link to a route of the module that answers.
func To(path, labelKey string) *Link { return &Link{Path: path, Label: words(labelKey)} }

// ToOf is To with words that need arguments or were written by a person.
func ToOf(path string, label *Words) *Link { return &Link{Path: path, Label: label} }

// ToModule returns a link to a route of another module. It is drawn only for
// viewers who may open it.
func ToModule(module, path, labelKey string) *Link {
	return &Link{Module: module, Path: path, Label: words(labelKey)}
}

// ToFile returns a link whose answer is saved under name instead of shown.
func ToFile(path, labelKey, name string) *Link {
	return &Link{Path: path, Label: words(labelKey), File: name}
}

// WithIcon sets the icon of a link and returns it.
func WithIcon(icon string, l *Link) *Link {
	l.Icon = icon
	return l
}

// Onto makes a link open its page at the node with this id and returns it; a form
// opens at its first question.
func Onto(id string, l *Link) *Link {
	l.Anchor = id
	return l
}

// Losing marks a link as the way to lose something and returns it: among buttons it
// looks like one of [Danger].
func Losing(l *Link) *Link {
	l.Tone = Bad
	return l
}

// Here marks a link as the place where the viewer is and returns it.
func Here(l *Link) *Link {
	l.Current = true
	return l
}

// Button returns a button that posts to path; pairs of name and value go with
// it.
func Button(path, labelKey string, values ...string) *Action {
	a := &Action{Path: path, Label: words(labelKey)}
	for i := 0; i+1 < len(values); i += 2 {
		if a.Values == nil {
			a.Values = map[string]string{}
		}
		a.Values[values[i]] = values[i+1]
	}
	return a
}

// Primary marks a button as the main one of its page and returns it.
func Primary(a *Action) *Action {
	a.Primary = true
	return a
}

// Confirm makes a button ask first, with the words of the key, and returns it.
func Confirm(a *Action, questionKey string, args ...any) *Action {
	a.Confirm = T(questionKey, args...)
	return a
}

// Danger is Confirm for what cannot be undone.
func Danger(a *Action, questionKey string, args ...any) *Action {
	a.Tone = Bad
	return Confirm(a, questionKey, args...)
}

// Carry adds values that a form sends along without showing them.
func Carry(f *Form, values map[string]string) *Form {
	if f.Values == nil {
		f.Values = map[string]string{}
	}
	maps.Copy(f.Values, values)
	return f
}

// Act is a node that is one button.
func Act(a *Action) *Node { return &Node{Kind: &wire.Node_Action{Action: a}} }
