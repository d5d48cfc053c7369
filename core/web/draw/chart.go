package draw

import (
	"fmt"
	"math"
	"strings"

	"github.com/preau-ent/preau/sdk/wire"
)

// Sizes of a chart, in units that are pixels on a phone of 360.
const (
	plotWidth  = 340.0
	barHeight  = 14.0
	lineHeight = 170.0
	textHeight = 16.0
	maxDrawn   = 40 // categories drawn; the table has all
)

// plot is a chart as shapes.
type plot struct {
	height float64
	lines  []segment
	bars   []bar
	paths  []curve
	dots   []dot
	texts  []mark
}

type (
	segment struct {
		class          string
		x1, y1, x2, y2 float64
	}
	bar struct {
		class      string
		x, y, w, h float64
	}
	curve struct{ class, points string }
	dot   struct {
		class string
		x, y  float64
	}
	mark struct {
		class, text string
		x, y        float64
	}
)

func (p *plot) box() string { return fmt.Sprintf("0 0 %g %s", plotWidth, px(p.height)) }

func (c *Context) plot(ch *wire.Chart) *plot {
	if ch.Kind == wire.ChartKind_CHART_KIND_LINE {
		return c.linePlot(ch)
	}
	return c.barPlot(ch)
}

// barPlot lays bars on their side: a long label has the whole width.
func (c *Context) barPlot(ch *wire.Chart) *plot {
	p := &plot{height: 4}
	top := chartMax(ch)
	for i, cat := range ch.Categories[:min(len(ch.Categories), maxDrawn)] {
		p.height += textHeight
		p.texts = append(p.texts, mark{text: cutLabel(c.w(cat), 44), y: p.height - 4})
		for k, s := range ch.Series {
			room := plotWidth - 60
			p.bars = append(p.bars,
				bar{class: "track", y: p.height, w: room, h: barHeight},
				bar{class: seriesClass(k), y: p.height, w: max(room*share(value(s, i), top), 1), h: barHeight})
			p.texts = append(p.texts, mark{class: "end", text: c.valueText(ch, s, i), x: plotWidth, y: p.height + barHeight - 3})
			p.height += barHeight + 3
		}
		p.height += 8
	}
	return p
}

func (c *Context) linePlot(ch *wire.Chart) *plot {
	p := &plot{height: lineHeight + 2*textHeight}
	top, n := chartMax(ch), min(len(ch.Categories), maxDrawn)
	x := func(i int) float64 { return 12 + (plotWidth-24)*float64(i)/float64(max(n-1, 1)) }
	y := func(v float64) float64 { return textHeight + lineHeight*(1-share(v, top)) }
	for _, part := range []float64{0, 0.5, 1} {
		p.lines = append(p.lines, segment{"axis", 0, y(part * top), plotWidth, y(part * top)})
		p.texts = append(p.texts, mark{text: c.own.Number(part*top) + unitOf(ch), x: 0, y: y(part*top) - 3})
	}
	for i := 0; i < n; i += max(1, n/4) {
		class := "mid"
		if i == 0 {
			class = ""
		} else if i == n-1 {
			class = "last"
		}
		at := map[string]float64{"": 0, "mid": x(i), "last": plotWidth}[class]
		p.texts = append(p.texts, mark{class, cutLabel(c.w(ch.Categories[i]), 14), at, p.height - 2})
	}
	for k, s := range ch.Series {
		var points strings.Builder
		for i := range n {
			fmt.Fprintf(&points, "%s,%s ", px(x(i)), px(y(value(s, i))))
			p.dots = append(p.dots, dot{seriesClass(k), x(i), y(value(s, i))})
		}
		p.paths = append(p.paths, curve{seriesClass(k), strings.TrimSpace(points.String())})
	}
	return p
}

// chartMax is the end of the scale: given, or the greatest value rounded up.
func chartMax(ch *wire.Chart) float64 {
	if ch.Max > 0 && !math.IsInf(ch.Max, 0) {
		return ch.Max
	}
	top := 0.0
	for _, s := range ch.Series {
		for i := range s.Values {
			top = max(top, value(s, i))
		}
	}
	if top == 0 {
		return 1
	}
	step := math.Pow(10, math.Floor(math.Log10(top)))
	return math.Ceil(top/step*2) / 2 * step
}

// value is one finite value of a series, 0 where there is none.
func value(s *wire.Series, i int) float64 {
	if i >= len(s.Values) || math.IsNaN(s.Values[i]) || math.IsInf(s.Values[i], 0) {
		return 0
	}
	return s.Values[i]
}

func share(v, top float64) float64 { return min(max(v/top, 0), 1) }

func px(x float64) string { return plainNumber(x) }

func seriesClass(i int) string { return fmt.Sprintf("s%d", i%4+1) }

func unitOf(ch *wire.Chart) string {
	if ch.Unit == "" {
		return ""
	}
	return "\u00a0" + ch.Unit
}

func (c *Context) valueText(ch *wire.Chart, s *wire.Series, i int) string {
	if i >= len(s.Values) {
		return "–"
	}
	return c.own.Number(s.Values[i]) + unitOf(ch)
}

func (c *Context) chartSummary(ch *wire.Chart) string {
	if s := c.w(ch.Summary); s != "" {
		return s
	}
	return c.t("draw.chart")
}

func (c *Context) seriesLabel(s *wire.Series) string {
	if text := c.w(s.Label); text != "" {
		return text
	}
	return c.t("draw.chart.value")
}

func cutLabel(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
