package mail

import (
	"strings"

	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// block is what a mail is made of, whichever way it is drawn.
type block struct {
	Kind   kind
	Text   string
	Detail string // smaller, below
	Link   string
	Items  []block
}

type kind string

const (
	heading   kind = "heading"
	paragraph kind = "paragraph"
	note      kind = "note"
	list      kind = "list"
	button    kind = "button"
)

// blocks reads a page. Of a kind that no mail can show, the title and the way to
// it are left.
func (l *Letter) blocks() []block {
	r := &reading{say: l.Say, link: l.Link}
	for _, n := range l.Page.GetNodes() {
		r.node(n)
	}
	return r.out
}

type reading struct {
	say  *locale.Speaker
	link func(*wire.Link) string
	out  []block
}

func (r *reading) add(b block) { r.out = append(r.out, b) }

func (r *reading) node(n *ui.Node) {
	title := r.say.Text(n.GetTitle())
	if title != "" && n.GetSection() == nil {
		r.add(block{Kind: heading, Text: title})
	}
	before := len(r.out)
	switch {
	case n.GetSection() != nil:
		if title != "" {
			r.add(block{Kind: heading, Text: title})
		}
		for _, child := range n.GetSection().GetNodes() {
			r.node(child)
		}
	case n.GetList() != nil:
		r.items(n.GetList().GetItems())
	case n.GetParagraph() != nil:
		r.add(block{Kind: paragraph, Text: r.say.Text(n.GetParagraph().GetText())})
	case n.GetBanner() != nil:
		r.add(block{Kind: note, Text: r.say.Text(n.GetBanner().GetText()), Link: r.to(n.GetBanner().GetLink())})
	case n.GetMarkdown() != nil:
		for _, p := range strings.Split(n.GetMarkdown().GetSource(), "\n\n") {
			r.add(block{Kind: paragraph, Text: strings.TrimSpace(p)})
		}
	case n.GetToolbar() != nil:
		for _, l := range append([]*ui.Link{n.GetToolbar().GetPrimary()}, n.GetToolbar().GetLinks()...) {
			if to := r.to(l); to != "" {
				r.add(block{Kind: button, Text: r.say.Text(l.GetLabel()), Link: to})
			}
		}
	}
	if len(r.out) == before {
		if empty := r.say.Text(n.GetEmpty().GetText()); empty != "" {
			r.add(block{Kind: paragraph, Text: empty})
		}
	}
}

func (r *reading) items(items []*ui.Item) {
	b := block{Kind: list}
	for _, i := range items {
		var small []string
		for _, a := range i.GetAbout() {
			small = append(small, a.GetName())
		}
		if len(small) > 0 {
			small = []string{r.say.List(small)}
		}
		for _, s := range []string{r.say.Text(i.GetBadge()), r.say.Text(i.GetDetail())} {
			if s != "" {
				small = append(small, s)
			}
		}
		if i.GetWhen() != nil {
			small = append(small, r.say.DateTime(i.GetWhen().AsTime()))
		}
		b.Items = append(b.Items, block{Text: r.say.Text(i.GetTitle()), Detail: strings.Join(small, " · "), Link: r.to(i.GetLink())})
	}
	if len(b.Items) > 0 {
		r.add(b)
	}
}

func (r *reading) to(l *ui.Link) string {
	if l == nil || r.link == nil {
		return ""
	}
	return r.link(l)
}
