package mail

import (
	"html"
	"html/template"
	"math"
	"regexp"
	"strings"

	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// pair writes two texts as "label : value".
func (r *reading) pair(label, value string) string {
	if label == "" {
		return value
	}
	return r.own.T("draw.pair", "label", label, "value", value)
}

func (r *reading) banner(b *wire.Banner) {
	text, how := r.say.Text(b.GetText()), alert
	switch b.GetTone() {
	case ui.Neutral:
		how = note
	case ui.Warn:
		text = r.own.T("draw.tone.warn") + " " + text
	case ui.Bad:
		text = r.own.T("draw.tone.bad") + " " + text
	}
	r.add(block{Kind: how, Text: text, Link: r.to(b.GetLink())})
}

func (r *reading) indicator(i *wire.Indicator) {
	r.add(block{Kind: figure, Text: r.say.Text(i.GetValue()), Detail: r.say.Text(i.GetLabel())})
	r.paragraph(i.GetTrend())
}

func (r *reading) progress(p *wire.Progress) {
	text := r.say.Text(p.GetText())
	switch {
	case text != "":
	case p.GetMax() <= 1:
		text = r.own.Number(math.Round(p.GetValue()*100)) + "\u00a0%"
	default:
		text = r.own.T("draw.of", "value", r.own.Number(p.GetValue()), "max", r.own.Number(p.GetMax()))
	}
	r.add(block{Kind: figure, Text: text, Detail: r.say.Text(p.GetLabel())})
}

// form leads to where it is filled in, saying what is wrong with it.
func (r *reading) form(f *wire.Form) {
	r.paragraph(f.GetError())
	label := r.say.Text(f.GetSubmit())
	if label == "" {
		label = r.own.T("draw.open")
	}
	r.online(label)
}

func (r *reading) toolbar(t *wire.Toolbar) {
	r.button(t.GetPrimary())
	for _, l := range t.GetLinks() {
		r.button(l)
	}
	for _, a := range t.GetActions() {
		r.online(r.say.Text(a.GetLabel()))
	}
}

// tabs reads the one that is open, and leads to the others.
func (r *reading) tabs(all []*wire.Tab) {
	var others []*ui.Link
	for _, t := range all {
		if !t.GetCurrent() {
			others = append(others, t.GetLink())
			continue
		}
		r.add(block{Kind: heading, Text: r.label(t.GetLink())})
		r.nodes(t.GetNodes())
	}
	r.links(others)
}

// prose draws Markdown: as it is for who reads plain text, and as HTML.
func (r *reading) prose(source string) {
	if source = strings.TrimSpace(source); source != "" {
		r.add(block{Kind: prose, Text: source, HTML: template.HTML(r.absolute(draw.Prose(source, 3)))})
	}
}

// reference is an address in what draw.Prose answers, which always quotes so.
var reference = regexp.MustCompile(` href="([^"]*)"`)

// absolute has links of the site lead there from a mail too, and takes away
// those that only mean something on the page they were written for.
func (r *reading) absolute(safe string) string {
	return reference.ReplaceAllStringFunc(safe, func(found string) string {
		to := html.UnescapeString(reference.FindStringSubmatch(found)[1])
		for _, scheme := range []string{"https:", "http:", "mailto:", "tel:"} {
			if strings.HasPrefix(strings.ToLower(to), scheme) {
				return found
			}
		}
		if r.address == nil || !ui.CleanPath(to) || r.address(to) == "" {
			return ""
		}
		return ` href="` + html.EscapeString(r.address(to)) + `"`
	})
}

// details joins what is said below a line.
func details(parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, " · ")
}
