package mail

import (
	"html/template"

	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// block is what a mail is made of, whichever way it is drawn.
type block struct {
	Kind   kind
	Text   string // of prose: the Markdown
	Detail string // smaller, below
	Link   string
	Items  []block
	Head   []block       // of a table: what its columns are called
	Rows   [][]block     // cells of a table
	Right  bool          // a cell of figures
	HTML   template.HTML // of prose: drawn, and safe
}

type kind string

const (
	heading   kind = "heading"
	paragraph kind = "paragraph"
	prose     kind = "prose"
	figure    kind = "figure"
	alert     kind = "alert"
	note      kind = "note"
	list      kind = "list"
	table     kind = "table"
	button    kind = "button"
)

// title stands above the letter: that of its page.
func (l *Letter) title() string {
	if title := l.Say.In(l.Module).Text(l.Page.GetTitle()); title != "" {
		return title
	}
	return l.Subject
}

// blocks reads a page.
func (l *Letter) blocks() []block {
	r := &reading{say: l.Say.In(l.Module), own: l.Say.In(""), module: l.Module, address: l.Address, open: l.Open}
	r.paragraph(l.Page.GetSubtitle())
	if names := r.about(l.Page.GetAbout()); names != "" {
		r.add(block{Kind: paragraph, Text: r.pair(r.own.T("draw.about"), names)})
	}
	r.nodes(l.Page.GetNodes())
	return r.out
}

// reading turns a tree into blocks: say has the words of the tree's module, own
// those of the core.
type reading struct {
	say, own *locale.Speaker
	module   ids.ModuleID
	address  func(path string) string
	open     string
	out      []block
}

func (r *reading) add(b block) { r.out = append(r.out, b) }

func (r *reading) paragraph(w *ui.Words) {
	if text := r.say.Text(w); text != "" {
		r.add(block{Kind: paragraph, Text: text})
	}
}

func (r *reading) nodes(list []*ui.Node) {
	for _, n := range list {
		r.node(n)
	}
}

// node reads one node: its title, what it holds or why that is nothing, and the
// way to the whole of it. Of a kind that is not known, title and way are left.
func (r *reading) node(n *ui.Node) {
	if title := r.say.Text(n.GetTitle()); title != "" {
		r.add(block{Kind: heading, Text: title})
	}
	before := len(r.out)
	known := r.kind(n)
	if len(r.out) == before {
		r.paragraph(n.GetEmpty().GetText())
		r.button(n.GetEmpty().GetLink())
	}
	r.button(n.GetLink())
	if !known && r.to(n.GetLink()) == "" {
		r.online(r.own.T("draw.open"))
	}
}

// kind reads what a node holds, and reports whether it knows how to.
func (r *reading) kind(n *ui.Node) bool {
	switch k := n.GetKind().(type) {
	case *wire.Node_List:
		r.items(k.List.GetItems())
	case *wire.Node_Agenda:
		r.entries(k.Agenda.GetEntries())
	case *wire.Node_Indicator:
		r.indicator(k.Indicator)
	case *wire.Node_Banner:
		r.banner(k.Banner)
	case *wire.Node_Checklist:
		r.checks(k.Checklist.GetItems())
	case *wire.Node_Links:
		r.links(k.Links.GetLinks())
	case *wire.Node_Chart:
		r.chart(k.Chart)
	case *wire.Node_Markdown:
		r.prose(k.Markdown.GetSource())
	case *wire.Node_Table:
		r.table(k.Table)
	case *wire.Node_Action:
		r.online(r.say.Text(k.Action.GetLabel()))
	case *wire.Node_Progress:
		r.progress(k.Progress)
	case *wire.Node_Section:
		r.paragraph(k.Section.GetIntro())
		r.nodes(k.Section.GetNodes())
	case *wire.Node_Tabs:
		r.tabs(k.Tabs.GetTabs())
	case *wire.Node_Form:
		r.form(k.Form)
	case *wire.Node_Calendar:
		r.entries(k.Calendar.GetEntries())
		r.button(&ui.Link{Path: k.Calendar.GetPath()})
	case *wire.Node_People:
		r.people(k.People.GetPeople())
	case *wire.Node_Files:
		r.files(k.Files.GetFiles())
	case *wire.Node_Thread:
		r.thread(k.Thread)
	case *wire.Node_Timeline:
		r.timeline(k.Timeline.GetEvents())
	case *wire.Node_Paragraph:
		r.paragraph(k.Paragraph.GetText())
	case *wire.Node_Toolbar:
		r.toolbar(k.Toolbar)
	case *wire.Node_Facts:
		r.facts(k.Facts.GetFacts())
	case *wire.Node_Filters:
		for _, g := range k.Filters.GetGroups() {
			r.links(g.GetLinks())
		}
	default:
		return false
	}
	return true
}

// to is the absolute address of a link, "" when a mail cannot lead there.
func (r *reading) to(l *ui.Link) string {
	if l == nil || r.address == nil || !ui.CleanPath(l.GetPath()) {
		return ""
	}
	module := r.module
	if l.GetModule() != "" {
		module = ids.ModuleID(l.GetModule())
	}
	return r.address(draw.Href(module, l.GetPath()))
}

// label is what a link says.
func (r *reading) label(l *ui.Link) string {
	if text := r.say.Text(l.GetLabel()); text != "" {
		return text
	}
	return r.own.T("draw.open")
}

func (r *reading) button(l *ui.Link) {
	if to := r.to(l); to != "" {
		r.add(block{Kind: button, Text: r.label(l), Link: to})
	}
}

// online leads to the page, where what no mail can do is done.
func (r *reading) online(label string) {
	if r.open != "" && label != "" {
		r.add(block{Kind: button, Text: label, Link: r.open})
	}
}
