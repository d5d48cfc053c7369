package draw

import (
	"strings"

	"github.com/a-h/templ"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// IsEmpty reports whether a node has nothing to show, so that its Empty is
// shown instead.
func IsEmpty(n *ui.Node) bool {
	switch k := n.GetKind().(type) {
	case nil:
		return true
	case *wire.Node_List:
		return len(k.List.GetItems()) == 0
	case *wire.Node_Agenda:
		return len(k.Agenda.GetEntries()) == 0
	case *wire.Node_Checklist:
		return len(k.Checklist.GetItems()) == 0
	case *wire.Node_Links:
		return len(k.Links.GetLinks()) == 0
	case *wire.Node_Chart:
		return len(k.Chart.GetSeries()) == 0 || len(k.Chart.GetCategories()) == 0
	case *wire.Node_Markdown:
		return strings.TrimSpace(k.Markdown.GetSource()) == ""
	case *wire.Node_Table:
		return len(k.Table.GetRows()) == 0
	case *wire.Node_People:
		return len(k.People.GetPeople()) == 0
	case *wire.Node_Files:
		return len(k.Files.GetFiles()) == 0
	case *wire.Node_Thread:
		return len(k.Thread.GetPosts()) == 0 && k.Thread.GetReply() == nil
	case *wire.Node_Timeline:
		return len(k.Timeline.GetEvents()) == 0
	case *wire.Node_Facts:
		return len(k.Facts.GetFacts()) == 0
	case *wire.Node_Section:
		return len(k.Section.GetNodes()) == 0
	}
	return false
}

// kindClass is the name of a node's kind, for the stylesheet.
func kindClass(n *ui.Node) string {
	m := n.ProtoReflect()
	if f := m.WhichOneof(m.Descriptor().Oneofs().ByName("kind")); f != nil {
		return "k-" + string(f.Name())
	}
	return "k-none"
}

// under is the level of headings inside a node.
func under(n *ui.Node, level int) int {
	if n.Title == nil {
		return level
	}
	return level + 1
}

// anchorID is the id in the page of a node to which a module gave one, "" when it
// may not be one.
func anchorID(id string) string {
	if id == "" || strings.ContainsFunc(id, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_'
	}) {
		return ""
	}
	return "n-" + id
}

func (c *Context) anchor(id string) templ.Attributes {
	if id = anchorID(id); id != "" {
		return templ.Attributes{"id": id}
	}
	return nil
}

// boxID is the id that a node's own element bears: a form's is borne by its first
// question, so that who is led there can write at once.
func boxID(n *ui.Node) string {
	if len(n.GetForm().GetFields()) > 0 {
		return ""
	}
	return n.Id
}

func headingMarks(class, id string) templ.Attributes {
	a := templ.Attributes{}
	if class != "" {
		a["class"] = class
	}
	if id != "" {
		a["id"] = id
	}
	return a
}

// linkLabel is the label of a link, or a general one.
func (c *Context) linkLabel(l *ui.Link) string {
	if s := c.w(l.GetLabel()); s != "" {
		return s
	}
	return c.t("draw.open")
}

func linkIcon(l *ui.Link) string {
	if l.Icon == "" && l.File != "" {
		return ui.IconDownload
	}
	return l.Icon
}

func (c *Context) linkMarks(l *ui.Link) templ.Attributes {
	a := templ.Attributes{}
	if l.Current {
		a["aria-current"] = "true"
	}
	if l.File != "" {
		a["download"] = l.File
	}
	return a
}
