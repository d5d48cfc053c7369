package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/web/assets"
	"github.com/preau-ent/preau/sdk/errors"
)

// sendAsset answers a script, icon sheet or stylesheet: its name holds the hash
// of its content, so a browser keeps it for ever.
func (a *App) sendAsset(c *call) error {
	f, ok := assets.Get(c.Params("name"))
	if !ok {
		if f, ok = a.Themes.Get(c.Params("name")); !ok {
			return errors.New(errors.NotFound, "web.notfound")
		}
	}
	h := &c.Response().Header
	h.SetContentType(f.Type)
	h.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	h.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	h.Set("Service-Worker-Allowed", "/") // the worker is an asset, and answers for every page
	accepted, body := c.Get(fiber.HeaderAcceptEncoding), f.Body
	switch {
	case f.Brotli != nil && strings.Contains(accepted, "br"):
		h.Set(fiber.HeaderContentEncoding, "br")
		body = f.Brotli
	case f.Gzip != nil && strings.Contains(accepted, "gzip"):
		h.Set(fiber.HeaderContentEncoding, "gzip")
		body = f.Gzip
	}
	c.Response().SetBodyRaw(body)
	return nil
}
