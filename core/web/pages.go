package web

import (
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/maypok86/otter/v2"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/draw"
)

// frameAge is how long what stands around a page (navigation, unread count,
// theme) is taken as it was drawn.
const frameAge = time.Second

// pages keeps drawn home pages. One is shown again only while every widget on
// it is the very copy it was drawn with.
type pages struct {
	cache *otter.Cache[pageKey, *drawn]
}

// pageKey is who sees the page, as far as the copies do not say it.
type pageKey struct {
	session, school, child, locale, sheet string
	appearance                            draw.Appearance
}

// drawn is a page and its compressed forms, made when first asked for.
type drawn struct {
	of   *home.Composed
	at   time.Time
	html []byte

	mu   sync.Mutex
	less map[string][]byte
}

func newPages() (*pages, error) {
	cache, err := otter.New(&otter.Options[pageKey, *drawn]{
		MaximumWeight:    64 << 20,
		Weigher:          func(_ pageKey, d *drawn) uint32 { return uint32(1024 + 2*len(d.html)) },
		ExpiryCalculator: otter.ExpiryWriting[pageKey, *drawn](time.Minute),
	})
	return &pages{cache: cache}, err
}

func (p *pages) close() { p.cache.StopAllGoroutines() }

// send answers the kept page, or a new one that draw makes.
func (p *pages) send(c *call, composed *home.Composed, make func() ([]byte, error)) error {
	v := c.session.Viewer
	key := pageKey{c.session.ID, v.GetSchool(), v.GetChild(), v.GetLocale(), composed.Sheet, c.appearance()}
	d, ok := p.cache.GetIfPresent(key)
	if !ok || c.began.Sub(d.at) > frameAge || !d.of.Same(composed) {
		html, err := make()
		if err != nil {
			return err
		}
		d = &drawn{of: composed, at: c.began, html: html, less: map[string][]byte{}}
		p.cache.Set(key, d)
	}
	h := &c.Response().Header
	h.SetContentType(htmlType)
	h.Set(fiber.HeaderVary, "Accept, Accept-Encoding, Cookie")
	encoding := c.encoding()
	if encoding != "" {
		h.Set(fiber.HeaderContentEncoding, encoding)
	}
	c.Response().SetBodyRaw(d.in(encoding))
	return nil
}

// in returns the page in an encoding.
func (d *drawn) in(encoding string) []byte {
	if encoding == "" {
		return d.html
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.less[encoding] == nil {
		d.less[encoding] = compressed(encoding, d.html)
	}
	return d.less[encoding]
}
