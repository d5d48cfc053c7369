package web

import (
	"bytes"
	"encoding/json"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

const htmlType = "text/html; charset=utf-8"

// sendPage draws a page of a module (empty: of the core) for the visitor, or
// writes it as JSON for a program.
func (c *call) sendPage(status int, module ids.ModuleID, p *ui.Page) error {
	d := c.drawing().In(module)
	if c.wantsJSON() {
		b, err := ui.JSON(draw.Resolve(d, p))
		if err != nil {
			return err
		}
		return c.send(status, fiber.MIMEApplicationJSONCharsetUTF8, b)
	}
	var b bytes.Buffer
	l := c.layout()
	if status == fiber.StatusOK {
		l.Hint = c.hint()
	}
	if err := draw.Page(&b, d, l, p); err != nil {
		return err
	}
	return c.send(status, htmlType, b.Bytes())
}

// sendJSON answers a program.
func (c *call) sendJSON(status int, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return c.send(status, fiber.MIMEApplicationJSONCharsetUTF8, b)
}

// send answers bytes that are all there, compressed when that is worth it.
func (c *call) send(status int, mime string, b []byte) error {
	h := &c.Response().Header
	h.SetContentType(mime)
	h.Add(fiber.HeaderVary, "Accept, Accept-Encoding, Cookie")
	c.Status(status)
	if encoding := c.encoding(); encoding != "" && len(b) >= worthIt {
		h.Set(fiber.HeaderContentEncoding, encoding)
		b = compressed(encoding, b)
	}
	c.Response().SetBodyRaw(b)
	return nil
}

// goNear is goTo, to what has this id on the page; an empty id is its beginning.
func (c *call) goNear(path, id string) error {
	if err := c.goTo(path); err != nil || id == "" {
		return err
	}
	c.Set(fiber.HeaderLocation, localPath(path)+"#"+url.PathEscape(id))
	return nil
}

// goTo sends the visitor to another page of the site.
func (c *call) goTo(path string) error {
	c.Set(fiber.HeaderLocation, localPath(path))
	c.Status(fiber.StatusSeeOther)
	return nil
}
