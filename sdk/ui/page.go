package ui

import "github.com/preau-ent/preau/sdk/wire"

// NewPage returns a page with a translated title.
func NewPage(titleKey string, nodes ...*Node) *Page { return PageOf(T(titleKey), nodes...) }

// PageOf returns a page whose title needs arguments or is what a person wrote.
func PageOf(title *Words, nodes ...*Node) *Page { return &Page{Title: title, Nodes: nodes} }

// Section groups nodes under a heading; an empty key means no heading.
func Section(titleKey string, nodes ...*Node) *Node { return SectionOf(words(titleKey), nodes...) }

// SectionOf is Section with any title, or nil.
func SectionOf(title *Words, nodes ...*Node) *Node {
	return &Node{Title: title, Kind: &wire.Node_Section{Section: &wire.Section{Nodes: nodes}}}
}

// Folded is a Section that is closed until it is asked for.
func Folded(titleKey string, nodes ...*Node) *Node {
	n := Section(titleKey, nodes...)
	n.GetSection().Folded = true
	return n
}

// Tabs shows one of several parts; the others are links to their own page.
func Tabs(tabs ...*Tab) *Node {
	return &Node{Kind: &wire.Node_Tabs{Tabs: &wire.Tabs{Tabs: tabs}}}
}

// TabTo is a tab that is not the current one.
func TabTo(path, labelKey string) *Tab { return &Tab{Link: To(path, labelKey)} }

// TabHere is the current tab with what it shows.
func TabHere(path, labelKey string, nodes ...*Node) *Tab {
	return &Tab{Link: To(path, labelKey), Current: true, Nodes: nodes}
}

// Toolbar is a row of ways to go on, the main one first; it may be nil.
func Toolbar(primary *Link, others ...*Link) *Node {
	return &Node{Kind: &wire.Node_Toolbar{Toolbar: &wire.Toolbar{Primary: primary, Links: others}}}
}

// Moves are the first links of a [Toolbar] on a page of one span of time: to the
// one before, to today's, to the one after. They are drawn as those of a
// calendar; the words of the outer ones are read, not shown.
func Moves(before, today, after *Link) []*Link {
	return []*Link{WithIcon(IconChevronLeft, before), today, WithIcon(IconChevronRight, after)}
}

// Tools is a Toolbar of buttons.
func Tools(actions ...*Action) *Node {
	return &Node{Kind: &wire.Node_Toolbar{Toolbar: &wire.Toolbar{Actions: actions}}}
}

// Filters narrows what a page shows; each set has one current link.
func Filters(sets ...*FilterSet) *Node {
	return &Node{Kind: &wire.Node_Filters{Filters: &wire.Filters{Groups: sets}}}
}

// Filter is one set of [Filters].
func Filter(labelKey string, links ...*Link) *FilterSet {
	return &FilterSet{Label: words(labelKey), Links: links}
}

// Empty sets what n says when it has nothing to show, with the next step, if
// there is one. It returns n.
func Empty(n *Node, textKey string, next *Link) *Node {
	n.Empty = &wire.Empty{Text: T(textKey), Link: next}
	return n
}

// Titled gives n a translated title and returns it.
func Titled(titleKey string, n *Node) *Node {
	n.Title = T(titleKey)
	return n
}

// Named gives n an id, unique in its page, to which [Onto] leads, and returns it.
func Named(id string, n *Node) *Node {
	n.Id = id
	return n
}

// More sets the link to the whole of what n shows a part of, and returns n.
func More(n *Node, whole *Link) *Node {
	n.Link = whole
	return n
}

// words is T, but nil for no key.
func words(key string) *Words {
	if key == "" {
		return nil
	}
	return T(key)
}
