package web

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/search"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// The page of results.
const (
	eachGroup   = 5   // hits of each source on the first page
	onePage     = 20  // of one source
	maxQuestion = 200 // characters
)

// searching lists the page of results, where there is a search.
func (a *App) searching() []visit.Route {
	if a.Search == nil {
		return nil
	}
	return []visit.Route{{Method: "GET", Path: draw.Search, Permission: access.Home, Handle: a.showSearch}}
}

// showSearch answers the page of results: ?q= what is looked for, ?dans= one
// source only, ?apres= how many of its hits were shown before.
func (a *App) showSearch(v *visit.Visit) (*visit.Answer, error) {
	words := question(v.Query.Get("q"))
	in := v.Query.Get("dans")
	open := a.Findable.Open(v.School(), v.Session.Roles)
	if _, ok := open[in]; in != "" && !ok {
		return nil, errors.New(errors.NotFound, "search.source")
	}
	page := ui.NewPage("search.title", ui.FormOf(ui.Carry(ui.SearchForm(draw.Search, "search.go",
		ui.TextField("q", "search.words", ui.Value(words), ui.Max(maxQuestion), ui.Help("search.words.help"))), map[string]string{"dans": in})))
	if in != "" {
		page.Nodes = append(page.Nodes, ui.Text("search.in", "where", a.groupTitle(v, in)),
			ui.Toolbar(nil, ui.WithIcon(ui.IconSearch, ui.To(resultsPath(words, "", 0), "search.everywhere"))))
	}
	if !strings.ContainsFunc(words, ofWords) {
		start := "search.start"
		if words != "" { // only signs: there is nothing to look for
			start = "search.letters"
		}
		page.Nodes = append(page.Nodes, ui.Text(start))
		return visit.Show(page), nil
	}
	ask := search.Ask{School: v.School(), Viewer: v.Session.Viewer, Open: open, Words: words, In: in, Each: eachGroup}
	if in != "" {
		ask.Each, ask.From = onePage, after(v.Query.Get("apres"))
	}
	found, err := a.Search.Find(v.Context, ask)
	if err != nil {
		return nil, err
	}
	page.Nodes = append(page.Nodes, a.results(v, ask, found)...)
	return visit.Show(page), nil
}

// ofWords reports whether a character is a letter or a digit.
func ofWords(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// question cleans what was typed.
func question(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, " ")), " ")
	for utf8.RuneCountInString(text) > maxQuestion {
		_, last := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-last]
	}
	return strings.TrimSpace(text)
}

// after reads how many hits are behind.
func after(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 10_000 {
		return 0
	}
	return n
}

// resultsPath is the address of results.
func resultsPath(words, in string, after int) string {
	q := url.Values{"q": {words}}
	if in != "" {
		q.Set("dans", in)
	}
	if after > 0 {
		q.Set("apres", strconv.Itoa(after))
	}
	return draw.Search + "?" + q.Encode()
}

// results draws what was found, one section for each source.
func (a *App) results(v *visit.Visit, ask search.Ask, found *search.Found) (nodes []*ui.Node) {
	if found.Filling {
		nodes = append(nodes, ui.Banner(ui.Info, "search.filling"))
	}
	if found.Loose {
		nodes = append(nodes, ui.Banner(ui.Info, "search.loose"))
	}
	if len(found.Groups) == 0 {
		none := ui.Empty(ui.List(), "search.none", ui.WithIcon(ui.IconHelp, ui.To(home.HelpPath, "search.place.help")))
		none.Empty.Text = ui.T("search.none", "words", ask.Words)
		return append(nodes, none)
	}
	if !found.Loose {
		nodes = append(nodes, ui.Text("search.count", "n", found.Total))
	}
	for _, g := range found.Groups {
		items := make([]*ui.Item, len(g.Hits))
		for i, h := range g.Hits {
			items[i] = a.hit(v, h)
		}
		section := ui.SectionOf(ui.S(a.groupTitle(v, g.Source)), ui.List(items...))
		if links := moreOf(ask, g); len(links) > 0 {
			section.GetSection().Nodes = append(section.GetSection().Nodes, ui.Toolbar(nil, links...))
		}
		nodes = append(nodes, section)
	}
	return nodes
}

// moreOf leads to the hits of a group that are not on the page.
func moreOf(ask search.Ask, g search.Group) (links []*ui.Link) {
	if ask.In == "" {
		if g.Total > len(g.Hits) {
			links = append(links, ui.ToOf(resultsPath(ask.Words, g.Source, 0), ui.T("search.more", "n", g.Total)))
		}
		return links
	}
	if ask.From > 0 {
		links = append(links, ui.To(resultsPath(ask.Words, ask.In, max(0, ask.From-onePage)), "search.previous"))
	}
	if next := ask.From + len(g.Hits); next < g.Total {
		links = append(links, ui.To(resultsPath(ask.Words, ask.In, next), "search.next"))
	}
	return links
}

// hit is one line of the results.
func (a *App) hit(v *visit.Visit, h search.Hit) *ui.Item {
	kind := a.said(v, h.Source, h.Kind)
	item := &ui.Item{Title: ui.S(h.Title), Icon: h.Icon}
	switch {
	case h.Title == "":
		item.Title = ui.S(kind)
	case kind != "":
		item.Badge = ui.S(kind)
	}
	if h.Excerpt != "" && h.Title != "" {
		item.Detail = ui.S(h.Excerpt)
	}
	if h.When != nil {
		item.When = h.When
	}
	item.Link = &ui.Link{Path: h.Path, Label: item.Title}
	if !strings.HasPrefix(h.Source, "core.") {
		item.Link.Module = h.Source
	}
	if item.Icon == "" {
		item.Icon = a.iconOf(h.Source)
	}
	if len(v.Session.Viewer.GetChildren()) > 1 {
		for _, c := range v.Session.Viewer.GetChildren() {
			for _, id := range h.Children {
				if string(id) == c.GetPerson() {
					item.About = append(item.About, &ui.About{Person: c.GetPerson(), Name: c.GetFirstName()})
				}
			}
		}
	}
	return item
}
