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
