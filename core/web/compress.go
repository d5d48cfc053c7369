package web

import (
	"bytes"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"
	"github.com/klauspost/compress/gzip"
)

// worthIt is the least size, in bytes, that is compressed.
const worthIt = 1024

// encoding is the best the visitor understands and we write; "" for none. Only
// answers that are all there are compressed, never a stream.
func (c *call) encoding() string {
	accepted := c.Get(fiber.HeaderAcceptEncoding)
	switch {
	case strings.Contains(accepted, "br"):
		return "br"
	case strings.Contains(accepted, "gzip"):
		return "gzip"
	}
	return ""
}

var (
	brotlis = sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, 4) }}
	gzips   = sync.Pool{New: func() any {
		w, _ := gzip.NewWriterLevel(nil, 5) // the level is in range
		return w
	}}
)

// compressed returns b in an encoding. Writing to memory cannot fail.
func compressed(encoding string, b []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(b) / 3)
	if encoding == "br" {
		w := brotlis.Get().(*brotli.Writer)
		defer brotlis.Put(w)
		w.Reset(&out)
		_, _ = w.Write(b)
		_ = w.Close()
		return out.Bytes()
	}
	w := gzips.Get().(*gzip.Writer)
	defer gzips.Put(w)
	w.Reset(&out)
	_, _ = w.Write(b)
	_ = w.Close()
	return out.Bytes()
}
