package ui

import "github.com/preau-ent/preau/sdk/wire"

// Text is a paragraph of translated words.
func Text(key string, args ...any) *Node { return TextOf(T(key, args...)) }

// TextOf is a paragraph of any words.
func TextOf(w *Words) *Node {
	return &Node{Kind: &wire.Node_Paragraph{Paragraph: &wire.Paragraph{Text: w}}}
}

// Markdown is a text that a person wrote: GitHub's Markdown, no HTML.
func Markdown(source string) *Node {
	return &Node{Kind: &wire.Node_Markdown{Markdown: &wire.Markdown{Source: source}}}
}

// Banner is one sentence that must be seen.
func Banner(tone Tone, key string, args ...any) *Node { return BannerOf(tone, T(key, args...), nil) }

// BannerOf is Banner with any words and a link, if there is one.
func BannerOf(tone Tone, w *Words, l *Link) *Node {
	return &Node{Kind: &wire.Node_Banner{Banner: &wire.Banner{Tone: tone, Text: w, Link: l}}}
}

// List is a list of things, each with at most one link.
func List(items ...*Item) *Node {
	return &Node{Kind: &wire.Node_List{List: &wire.List{Items: items}}}
}

// LinksOf is a row of short cuts.
func LinksOf(links ...*Link) *Node {
	return &Node{Kind: &wire.Node_Links{Links: &wire.Links{Links: links}}}
}

// Agenda is a list of entries by time.
func Agenda(entries ...*Entry) *Node {
	return &Node{Kind: &wire.Node_Agenda{Agenda: &wire.Agenda{Entries: entries}}}
}

// AgendaByDay is Agenda with a heading for each day.
func AgendaByDay(entries ...*Entry) *Node {
	n := Agenda(entries...)
	n.GetAgenda().ByDay = true
	return n
}

// AgendaOfDay is Agenda where a heading already names the day: only times are told.
func AgendaOfDay(entries ...*Entry) *Node {
	n := Agenda(entries...)
	n.GetAgenda().OfDay = true
	return n
}

// Indicator is one figure with its label.
func Indicator(labelKey string, value *Words) *Node {
	return &Node{Kind: &wire.Node_Indicator{Indicator: &wire.Indicator{Label: words(labelKey), Value: value}}}
}

// Checklist is a list of things to tick.
func Checklist(items ...*Check) *Node {
	return &Node{Kind: &wire.Node_Checklist{Checklist: &wire.Checklist{Items: items}}}
}

// Progress shows how much of max is done.
func Progress(labelKey string, value, max float64) *Node {
	return &Node{Kind: &wire.Node_Progress{Progress: &wire.Progress{Label: words(labelKey), Value: value, Max: max}}}
}

// BarChart compares amounts. summary says in words what the chart shows.
func BarChart(summary *Words, categories []*Words, series ...*Series) *Node {
	return chart(wire.ChartKind_CHART_KIND_BAR, summary, categories, series)
}

// LineChart shows how amounts went on in time.
func LineChart(summary *Words, categories []*Words, series ...*Series) *Node {
	return chart(wire.ChartKind_CHART_KIND_LINE, summary, categories, series)
}

func chart(kind wire.ChartKind, summary *Words, categories []*Words, series []*Series) *Node {
	return &Node{Kind: &wire.Node_Chart{Chart: &wire.Chart{
		Kind: kind, Summary: summary, Categories: categories, Series: series,
	}}}
}

// SeriesOf is one set of values of a chart, in the order of its categories.
func SeriesOf(labelKey string, values ...float64) *Series {
	return &Series{Label: words(labelKey), Values: values}
}
