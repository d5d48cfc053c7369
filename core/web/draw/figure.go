package draw

import (
	"math"
	"strconv"

	"github.com/preau-ent/preau/sdk/wire"
)

// plainNumber is a number for an attribute, never exponential, NaN or infinite.
func plainNumber(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		x = 0
	}
	return strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64)
}

func maxOf(p *wire.Progress) float64 {
	if p.Max > 0 && !math.IsInf(p.Max, 0) {
		return p.Max
	}
	return 1
}

// progressText is the text next to a bar: the module's, or "3 sur 8".
func (c *Context) progressText(p *wire.Progress) string {
	if s := c.w(p.Text); s != "" {
		return s
	}
	if p.Max <= 1 {
		return c.own.Number(math.Round(p.Value/maxOf(p)*100)) + "\u00a0%"
	}
	return c.t("draw.of", "value", c.own.Number(p.Value), "max", c.own.Number(p.Max))
}
