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

// emblem is what a school draws: a shape one sees through, in two colours.
func emblem(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		for y := range h {
			if (x/20+y/20)%3 > 0 {
				m.SetNRGBA(x, y, color.NRGBA{0, uint8(200 * (x / 20 % 2)), 120, 255})
			}
		}
	}
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
		"a photograph of 4 MB":   {encoded(noise(1200, 1100, 255), "png"), 174, 160, "image/jpeg"},
		"noise one sees through": {encoded(noise(480, 160, 0), "png"), 0, 0, "image/png"},
		"transparent":            {encoded(emblem(1000, 200), "png"), 480, 96, "image/png"},
		"a photograph":           {encoded(noise(900, 900, 255), "jpeg"), 160, 160, "image/jpeg"},
		"small already":          {encoded(noise(40, 40, 255), "png"), 40, 40, "image/png"},
	} {
		b.ok("yann", "POST", lookPath, "theme", "preau", "@logo", c.sent)
		look, err := b.Look(t.Context(), college)
		b.must(err)
		a, err := b.visit("ana", "GET", look.Logo)
		b.must(err)
		got, _, err := image.DecodeConfig(bytes.NewReader(a.Body))
		if err != nil || c.wide != 0 && (got.Width != c.wide || got.Height != c.high) || a.Type != c.mime {
			t.Errorf("%s: %d×%d %s %v, want %d×%d %s", name, got.Width, got.Height, a.Type, err, c.wide, c.high, c.mime)
		}
		if len(c.sent) > 2<<20 != strings.HasSuffix(name, "MB") || len(a.Body) > logoLight {
			t.Errorf("%s: %d bytes sent, %d kept", name, len(c.sent), len(a.Body))
		}
	}
}

// TestLogoOfTooManyPixels is told apart from one that weighs too much.
func TestLogoOfTooManyPixels(t *testing.T) {
	b := newBench(t)
	for sent, said := range map[string]string{
		"GIF89a\xff\xff\xff\xff\x00\x00\x00":  "25 millions de pixels",
		png + strings.Repeat("\x00", maxLogo): "8 Mo au plus",
	} {
		a, err := b.visit("yann", "POST", lookPath, "theme", "preau", "@logo", sent)
		if err != nil || a.Status != 422 {
			t.Fatalf("%+v %v", a, err)
		}
		has(t, "answer", b.show(a, "fr"), said)
	}
}
