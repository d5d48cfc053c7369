package notify

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/core/push"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/ui"
)

// Path is where a person's notices stand; each opens below it.
const Path = "/notifications"

// Address is the path at which a notice is opened: it is read then, and leads to
// what it is about, in its school, through sign-in when need be.
func (n Notice) Address() string {
	return draw.Shared(n.School, Path+"/"+url.PathEscape(n.ID))
}

// told is a batch as its reader is to see it: in one school after the other.
type told struct {
	reader  Reader // of the first school
	say     *locale.Speaker
	schools []part
	kinds   []string
	count   int
}

type part struct {
	id    ids.SchoolID
	name  string
	lines []line
}

// line is one notice in words.
type line struct {
	Notice
	words    string
	children []string
}

// read finds who is told and puts the notices in their words. Of a sensitive
// kind only that it is there, of whom and where. Nil when nobody is left to tell.
func (s *Service) read(ctx context.Context, b *batch) (*told, error) {
	t := &told{}
	for i := 0; i < len(b.notices); i++ {
		id := b.notices[i].School
		if i > 0 && b.notices[i-1].School == id {
			continue
		}
		readers, err := s.readers(ctx, id, []ids.PersonID{b.person})
		if err != nil {
			return nil, err
		}
		if len(readers) == 0 {
			continue // left since
		}
		r := readers[0]
		if t.say == nil {
			t.reader, t.say = r, s.speaker(ctx, id, r)
		} else if t.reader.Email == "" {
			t.reader.Email = r.Email
		}
		here := part{id: id, name: r.School}
		for _, n := range b.notices {
			if n.School == id {
				here.lines = append(here.lines, s.line(t, r, n))
			}
		}
		t.schools = append(t.schools, here)
		t.count += len(here.lines)
	}
	if t.say == nil {
		return nil, errors.New(errors.NotFound, "notify.gone")
	}
	return t, nil
}

func (s *Service) line(t *told, r Reader, n Notice) line {
	l := line{Notice: n, words: t.say.For(n.School).In(n.Module).Text(n.Text)}
	kind := Kind{Module: n.Module, Notice: manifest.Notice{ID: n.Kind}}
	for _, k := range s.kinds(n.School) {
		if k.Key() == kind.Key() {
			kind = k
		}
	}
	if kind.Sensitive {
		l.words = t.say.T("notify.sensitive")
	}
	for _, a := range n.About {
		if i := slices.IndexFunc(r.Children, func(c Child) bool { return string(c.Person) == a.Person }); i >= 0 {
			l.children = append(l.children, r.Children[i].Name)
		} else if r.Profile != ids.Parent {
			l.children = append(l.children, a.Name)
		}
	}
	if !slices.Contains(t.kinds, kind.Key()) {
		t.kinds = append(t.kinds, kind.Key())
	}
	return l
}

// subject names the school and, of a single notice, the child and what it says.
func (t *told) subject(way manifest.Way) string {
	var names []string
	for _, s := range t.schools {
		names = append(names, s.name)
	}
	where := t.say.List(names)
	switch {
	case way == manifest.InDigest:
		return t.say.T("notify.mail.digest", "day", t.say.Date(t.say.Now), "school", where)
	case t.count > 1:
		return t.say.T("notify.mail.several", "n", t.count, "school", where)
	}
	one := t.schools[0].lines[0]
	if len(one.children) > 0 {
		return t.say.T("notify.mail.child", "school", where, "child", t.say.List(one.children), "text", one.words)
	}
	return t.say.T("notify.mail.one", "school", where, "text", one.words)
}

// letter draws what is due as a mail; NotFound when nobody is left to tell.
func (s *Service) letter(ctx context.Context, b *batch) (*mail.Letter, error) {
	t, err := s.read(ctx, b)
	if err != nil {
		return nil, err
	}
	if t.reader.Email == "" {
		return nil, errors.New(errors.NotFound, "notify.gone")
	}
	l := &mail.Letter{ID: b.id, To: t.reader.Email, Name: t.reader.Name, From: t.schools[0].name, Subject: t.subject(b.way), Say: t.say,
		Address: s.addresses(t.schools[0].id)}
	if len(t.schools) > 1 {
		l.From = t.say.T("notify.mail.from")
	}
	scope := every
	if len(t.kinds) == 1 && b.way == manifest.ByMail {
		scope = t.kinds[0]
	}
	l.Stop = s.tools.Site + s.StopPath(b.person, scope)
	page, open := t.page(b.way), ui.To(Path, "notify.mail.open")
	if t.count == 1 {
		open.Path = t.schools[0].lines[0].Address()
	}
	page.Nodes = append(page.Nodes, ui.Toolbar(open),
		ui.BannerOf(ui.Neutral, ui.T("notify.mail.why"), ui.To("/compte/notifications", "notify.mail.choose")),
		ui.BannerOf(ui.Neutral, ui.T("notify.mail.stop"), ui.To(strings.TrimPrefix(l.Stop, s.tools.Site), "notify.mail.stop")))
	l.Page = page
	return l, nil
}

// page holds the notices: a single one by itself, several school by school. The
// letter's subject has said child and school for who chooses what to read; the page
// says them for who reads, once, so its title does not.
func (t *told) page(way manifest.Way) *ui.Page {
	if one := t.schools[0].lines[0]; t.count == 1 {
		about := append(slices.Clone(one.children), t.schools[0].name, t.say.DateTime(one.At))
		return &ui.Page{Title: ui.S(one.words), Subtitle: ui.S(strings.Join(about, " · "))}
	}
	p := &ui.Page{Title: ui.S(t.say.T("notify.mail.title.several", "n", t.count))}
	if way == manifest.InDigest {
		p.Title = ui.S(t.say.T("notify.mail.title.digest", "day", t.say.Date(t.say.Now)))
	}
	for _, s := range t.schools {
		p.Nodes = append(p.Nodes, ui.SectionOf(ui.S(s.name), ui.List(s.items()...)))
	}
	return p
}

func (p part) items() (items []*ui.Item) {
	for _, l := range p.lines {
		item := &ui.Item{Title: ui.S(l.words), Link: ui.To(l.Address(), ""), When: ui.At(l.At)}
		for _, c := range l.children {
			item.About = append(item.About, ui.AboutChild("", c))
		}
		items = append(items, item)
	}
	return items
}

// push reaches the person's browsers: with the notice, or with how many there are.
func (s *Service) push(ctx context.Context, b *batch) error {
	if s.tools.Push == nil {
		return errors.New(errors.NotFound, "notify.gone")
	}
	t, err := s.read(ctx, b)
	if err != nil {
		return err
	}
	one := t.schools[0].lines[0]
	m := push.Message{Title: t.schools[0].name, Body: one.words, URL: one.Address(), Tag: string(one.Module) + ":" + one.Key, Urgent: one.Urgent}
	if one.Key == "" {
		m.Tag = one.ID
	}
	if len(one.children) > 0 {
		m.Title = t.say.List(one.children) + " · " + m.Title
	}
	if t.count > 1 {
		var names []string
		for _, s := range t.schools {
			names = append(names, s.name)
		}
		m = push.Message{Title: t.say.List(names), Body: t.say.T("notify.push.several", "n", t.count), URL: Path, Tag: "several", Urgent: one.Urgent}
	}
	schools, err := s.schoolsOf(ctx, b.person)
	if err != nil {
		return err
	}
	if m.Unread, err = s.UnreadOf(ctx, b.person, schools...); err != nil {
		return err
	}
	return s.tools.Push.Send(ctx, b.person, m)
}
