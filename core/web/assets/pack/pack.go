package pack

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"

	"github.com/andybalholm/brotli"
)

// Name puts the hash of body into a name: "app.js" becomes "app-3f9a….js".
func Name(plain string, body []byte) string {
	sum := sha256.Sum256(body)
	ext := path.Ext(plain)
	return strings.TrimSuffix(plain, ext) + "-" + hex.EncodeToString(sum[:8]) + ext
}

// Plain takes the hash out of a name again.
func Plain(name string) string {
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	if i := strings.LastIndexByte(stem, '-'); i > 0 {
		return stem[:i] + ext
	}
	return name
}

// Brotli returns body compressed, nil when that is no gain.
func Brotli(body []byte) []byte {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	_, _ = w.Write(body) // to memory
	_ = w.Close()
	return smaller(b.Bytes(), body)
}

// Gzip returns body compressed, nil when that is no gain.
func Gzip(body []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // a known level
	_, _ = w.Write(body)
	_ = w.Close()
	return smaller(b.Bytes(), body)
}

func smaller(small, body []byte) []byte {
	if len(small) < len(body) {
		return small
	}
	return nil
}
