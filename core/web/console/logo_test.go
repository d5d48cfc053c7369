package console

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	pngs "image/png"
	"math/rand/v2"
	"strings"
	"testing"
)

// noise is a picture that does not compress to nothing.
func noise(w, h int, alpha uint8) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewPCG(1, 2))
	for i := 0; i < len(m.Pix); i += 4 {
		m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255
	}
	m.SetNRGBA(0, 0, color.NRGBA{255, 0, 0, alpha})
	return m
}

// TestLogoIsKeptAsItIsShown: a logo of some megabytes goes to nobody's phone; what
// is transparent stays so.
func TestLogoIsKeptAsItIsShown(t *testing.T) {
	b := newBench(t)
	encoded := func(m image.Image, kind string) string {
		t.Helper()
		var out bytes.Buffer
		if kind == "png" {
			b.must(pngs.Encode(&out, m))
		} else {
			b.must(jpeg.Encode(&out, m, &jpeg.Options{Quality: 100}))
		}
		return out.String()
	}
	for name, c := range map[string]struct {
		sent       string
		wide, high int
		mime       string
	}{
		"a photograph of 4 MB": {encoded(noise(1200, 1100, 255), "png"), 174, 160, "image/jpeg"},
		"transparent":          {encoded(noise(1000, 200, 0), "png"), 480, 96, "image/png"},
		"a photograph":         {encoded(noise(900, 900, 255), "jpeg"), 160, 160, "image/jpeg"},
		"small already":        {encoded(noise(40, 40, 255), "png"), 40, 40, "image/png"},
	} {
		b.ok("yann", "POST", lookPath, "theme", "preau", "@logo", c.sent)
		look, err := b.Look(t.Context(), college)
		b.must(err)
		a, err := b.visit("ana", "GET", look.Logo)
		b.must(err)
		got, _, err := image.DecodeConfig(bytes.NewReader(a.Body))
		if err != nil || got.Width != c.wide || got.Height != c.high || a.Type != c.mime {
			t.Errorf("%s: %d×%d %s %v, want %d×%d %s", name, got.Width, got.Height, a.Type, err, c.wide, c.high, c.mime)
		}
		if len(c.sent) > 2<<20 != strings.HasSuffix(name, "MB") || len(a.Body) > 160<<10 {
			t.Errorf("%s: %d bytes sent, %d kept", name, len(c.sent), len(a.Body))
		}
	}
}
