package mail

import (
	"slices"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// lines adds a list, unless it is empty.
func (r *reading) lines(items []block) {
	if len(items) > 0 {
		r.add(block{Kind: list, Items: items})
	}
}

// about names the children that something is about.
func (r *reading) about(all []*ui.About) string {
	if len(all) == 0 {
		return ""
	}
	var names []string
	for _, a := range all {
		names = append(names, a.GetName())
	}
	return r.own.List(names)
}

// when writes a moment with its day; "" for none.
func (r *reading) when(t *timestamppb.Timestamp) string {
	if !t.IsValid() {
		return ""
	}
	return r.own.DateTime(t.AsTime())
}

func (r *reading) items(all []*ui.Item) {
	var out []block
	for _, i := range all {
		out = append(out, block{Text: r.titled(i.GetTitle(), i.GetLink()), Link: r.to(i.GetLink()),
			Detail: details(r.about(i.GetAbout()), r.say.Text(i.GetBadge()), r.say.Text(i.GetDetail()), r.when(i.GetWhen()))})
	}
	r.lines(out)
}

// titled is a title, or what the link of a line without one says.
func (r *reading) titled(title *ui.Words, l *ui.Link) string {
	if text := r.say.Text(title); text != "" {
		return text
	}
	return r.label(l)
}

// entries are in order of time, each with its day.
func (r *reading) entries(all []*ui.Entry) {
	sorted := slices.SortedStableFunc(slices.Values(all), func(a, b *ui.Entry) int { return a.GetStart().AsTime().Compare(b.GetStart().AsTime()) })
	var out []block
	for _, e := range sorted {
		cancelled := ""
		if e.GetCancelled() {
			cancelled = r.own.T("draw.cancelled")
		}
		out = append(out, block{Text: r.titled(e.GetTitle(), e.GetLink()), Link: r.to(e.GetLink()),
			Detail: details(cancelled, r.span(e), r.about(e.GetAbout()), e.GetPlace(), r.say.Text(e.GetDetail()))})
	}
	r.lines(out)
}

// span is when an entry is: "mardi 3 mars, 8 h 30 – 9 h 25".
func (r *reading) span(e *ui.Entry) string {
	if !e.GetStart().IsValid() {
		return ""
	}
	start, end := e.GetStart().AsTime().In(r.own.Zone), e.GetEnd().AsTime().In(r.own.Zone)
	if e.GetAllDay() {
		end = end.Add(-time.Nanosecond) // it ends as the day after its last begins
	}
	text := r.own.Date(start)
	same := start.Format(time.DateOnly) == end.Format(time.DateOnly)
	ends := e.GetEnd().IsValid() && end.After(start)
	switch {
	case e.GetAllDay() && ends && !same:
		return text + " – " + r.own.Date(end)
	case e.GetAllDay():
		return text
	case ends && same:
		return text + ", " + r.own.Clock(start) + " – " + r.own.Clock(end)
	case ends:
		return text + ", " + r.own.Clock(start) + " – " + r.own.DateTime(end)
	}
	return text + ", " + r.own.Clock(start)
}

func (r *reading) checks(all []*ui.Check) {
	var out []block
	for _, c := range all {
		state := "draw.todo"
		if c.GetDone() {
			state = "draw.done"
		}
		out = append(out, block{Text: r.titled(c.GetTitle(), c.GetLink()), Link: r.to(c.GetLink()),
			Detail: details(r.own.T(state), r.about(c.GetAbout()), r.say.Text(c.GetBadge()), r.say.Text(c.GetDetail()), r.when(c.GetWhen()))})
	}
	r.lines(out)
}

func (r *reading) links(all []*ui.Link) {
	var out []block
	for _, l := range all {
		if to := r.to(l); to != "" {
			out = append(out, block{Text: r.label(l), Link: to})
		}
	}
	r.lines(out)
}

func (r *reading) people(all []*ui.PersonCard) {
	var out []block
	for _, p := range all {
		out = append(out, block{Text: p.GetName(), Link: r.to(p.GetLink()), Detail: details(r.say.Text(p.GetDetail()), r.say.Text(p.GetBadge()))})
	}
	r.lines(out)
}

func (r *reading) files(all []*ui.File) {
	var out []block
	for _, f := range all {
		size := ""
		if f.GetSize() > 0 {
			size = r.own.Size(f.GetSize())
		}
		out = append(out, block{Text: f.GetName(), Link: r.to(f.GetLink()), Detail: details(size, r.when(f.GetWhen()), f.GetBy())})
	}
	r.lines(out)
}

// thread has each post with who wrote it; the answer is given on the page.
func (r *reading) thread(t *wire.Thread) {
	for _, p := range t.GetPosts() {
		r.lines([]block{{Text: p.GetAuthor(), Detail: details(r.say.Text(p.GetBadge()), r.when(p.GetWhen()))}})
		if p.GetHidden() {
			r.add(block{Kind: paragraph, Text: r.own.T("draw.withheld")})
			continue
		}
		r.prose(p.GetBody())
		r.files(p.GetFiles())
	}
	if t.GetReply() != nil {
		r.form(t.GetReply())
	}
}

func (r *reading) timeline(all []*ui.Event) {
	for _, e := range all {
		r.lines([]block{{Text: r.titled(e.GetTitle(), e.GetLink()), Link: r.to(e.GetLink()), Detail: details(r.when(e.GetWhen()), r.say.Text(e.GetDetail()))}})
		r.prose(e.GetBody())
	}
}
