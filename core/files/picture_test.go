package files

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
)

// noise is a picture that does not compress to nothing.
func noise(w, h int, alpha uint8) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewPCG(1, 2))
	for i := 0; i < len(m.Pix); i += 4 {
		v := uint8(r.IntN(256))
		m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = v, v/2, 255-v, alpha
	}
	m.SetNRGBA(0, 0, color.NRGBA{255, 0, 0, alpha})
	return m
}

func asJPEG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// turned puts into a JPEG the note that the camera was held upright.
func turned(b []byte) []byte {
	exif := []byte("\xff\xe1\x00\x22Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00")
	return append(append(append([]byte{}, b[:2]...), exif...), b[2:]...)
}

func TestPicturesAreMadeSmaller(t *testing.T) {
	s, place := newStore(t)
	for _, c := range []struct {
		name       string
		body       []byte
		width      int
		wide, high int
		kind       string
	}{
		{name: "jpeg", body: asJPEG(t, noise(1200, 600, 255)), width: 480, wide: 480, high: 240, kind: "image/jpeg"},
		{name: "png that hides nothing", body: asPNG(t, noise(1200, 600, 255)), width: 160, wide: 160, high: 80, kind: "image/jpeg"},
		{name: "png one sees through", body: asPNG(t, noise(1200, 600, 90)), width: 480, wide: 480, high: 240, kind: "image/png"},
		{name: "held upright", body: turned(asJPEG(t, noise(1200, 600, 255))), width: 480, wide: 480, high: 960, kind: "image/jpeg"},
		{name: "small already", body: asJPEG(t, noise(400, 200, 255)), width: 480, wide: 400, high: 200, kind: "image/jpeg"},
		{name: "a width that is none", body: asJPEG(t, noise(1200, 600, 255)), width: 481, wide: 1200, high: 600, kind: "image/jpeg"},
	} {
		info, err := s.Put(t.Context(), school, module, "p", c.name, bytes.NewReader(c.body), 0)
		if err != nil {
			t.Fatal(err)
		}
		var first []byte
		for range 2 { // made, then kept
			f, err := s.Picture(t.Context(), school, module, info.ID, c.width)
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			b, err := io.ReadAll(f)
			f.Close()
			if err != nil || int64(len(b)) != f.Size {
				t.Errorf("%s: %d bytes of %d, %v", c.name, len(b), f.Size, err)
			}
			got, _, err := image.DecodeConfig(bytes.NewReader(b))
			if err != nil || got.Width != c.wide || got.Height != c.high || f.MIME != c.kind {
				t.Errorf("%s: %d×%d %s, %v", c.name, got.Width, got.Height, f.MIME, err)
			}
			if first != nil && !bytes.Equal(first, b) {
				t.Errorf("%s differs the second time", c.name)
			}
			first = b
		}
		if err := s.Delete(t.Context(), school, module, info.ID); err != nil {
			t.Fatal(err)
		}
		if n := kept(t, s, place); n != 0 {
			t.Errorf("%s leaves %d things behind", c.name, n)
		}
	}
}

func TestWhatIsNoPictureStaysAsItIs(t *testing.T) {
	s, _ := newStore(t)
	for _, body := range []string{"text", "\xff\xd8\xff\xe0 no picture", "\x89PNG\r\n\x1a\nno picture either"} {
		info, err := s.Put(t.Context(), school, module, "p", "x", bytes.NewReader([]byte(body)), 0)
		if err != nil {
			t.Fatal(err)
		}
		f, err := s.Picture(t.Context(), school, module, info.ID, 160)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(f); err != nil || string(b) != body {
			t.Errorf("%q became %q (%v)", body, b, err)
		}
		f.Close()
	}
	if _, err := s.Picture(t.Context(), school, module, "none", 160); errors.KindOf(err) != errors.NotFound {
		t.Errorf("none: %v", err)
	}
	info, err := s.Put(t.Context(), school, module, "p", "x", bytes.NewReader(asJPEG(t, noise(300, 300, 255))), 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Picture(t.Context(), school, "other", info.ID, 160); errors.KindOf(err) != errors.NotFound {
		t.Errorf("another module's: %v", err)
	}
}

// TestFit: what every page shows is small and light, whatever it was made of.
func TestFit(t *testing.T) {
	flat := image.NewNRGBA(image.Rect(0, 0, 1000, 200))
	for x := range 1000 {
		for y := range 200 {
			flat.SetNRGBA(x, y, color.NRGBA{0, uint8(x / 4), 90, uint8(255 * (x / 500))})
		}
	}
	const light = 32 << 10
	for name, c := range map[string]struct {
		body       []byte
		wide, high int // 0: what its weight lets
		kind       string
	}{
		"a drawing one sees through":      {asPNG(t, flat), 480, 96, "png"},
		"noise one sees through":          {asPNG(t, noise(480, 160, 90)), 0, 0, "png"},
		"noise":                           {asJPEG(t, noise(2000, 2000, 255)), 0, 0, "jpeg"},
		"small already":                   {asJPEG(t, noise(60, 40, 255)), 60, 40, "jpeg"},
		"of few pixels, and heavy":        {append(asPNG(t, noise(100, 40, 90)), make([]byte, light)...), 100, 40, "png"},
		"a line that cannot get narrower": {asPNG(t, noise(20_000, 1, 90)), 480, 1, "png"},
	} {
		b, err := Fit(c.body, 480, 160, light)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, kind, err := image.DecodeConfig(bytes.NewReader(b))
		if err != nil || kind != c.kind || len(b) > light {
			t.Errorf("%s: %d bytes of %s, %v", name, len(b), kind, err)
		}
		if c.wide != 0 && (got.Width != c.wide || got.Height != c.high) || got.Width > 480 || got.Height > 160 || c.high != 1 && got.Height < 30 {
			t.Errorf("%s: %d×%d", name, got.Width, got.Height)
		}
	}
	if b, err := Fit(asPNG(t, noise(480, 160, 90)), 480, 160, 1); err != nil || len(b) == 0 {
		t.Errorf("an end to getting smaller: %d bytes, %v", len(b), err)
	}
	_, err := Fit([]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"), 480, 160, light)
	if errors.KindOf(err) != errors.TooLarge {
		t.Errorf("more pixels than fit in memory: %v", err)
	}
	if _, err = Fit([]byte("no picture"), 480, 160, light); errors.KindOf(err) != errors.Invalid {
		t.Errorf("no picture: %v", err)
	}
}
