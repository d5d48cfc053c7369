package web

import (
	"encoding/base64"
	"time"

	"github.com/gofiber/fiber/v2"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// flashMost is the longest cookie of words that is read, in characters.
const flashMost = 2048

// sayNext keeps words for the next page: the module, the tone and the text in a
// cookie. Another site cannot write it, and whoever writes their own reads
// their own words, escaped.
func (c *call) sayNext(module ids.ModuleID, tone ui.Tone, text *ui.Words) {
	if text == nil || c.route.program || c.Get(onceHeader) != "" { // no page follows
		return
	}
	b, err := proto.Marshal(&wire.Banner{Tone: tone, Text: text, Link: &wire.Link{Module: string(module)}})
	if value := base64.RawURLEncoding.EncodeToString(b); err == nil && len(value) <= flashMost {
		c.keep(flashCookie, value, time.Minute)
	}
}

// hasFlash reports whether the page to be drawn has words to say.
func (c *call) hasFlash() bool { return c.Cookies(flashCookie) != "" }

// takeFlash returns the words once.
func (c *call) takeFlash() *draw.Flash {
	value := c.Cookies(flashCookie)
	if value == "" {
		return nil
	}
	c.Cookie(&fiber.Cookie{Name: flashCookie, Path: "/", MaxAge: -1, Expires: time.Unix(1, 0),
		Secure: c.scheme() == "https", HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
	var said wire.Banner
	b, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil || len(value) > flashMost || proto.Unmarshal(b, &said) != nil || ui.Validate(said.GetText()) != nil {
		return nil
	}
	return &draw.Flash{Tone: said.Tone, Text: c.speaker().In(ids.ModuleID(said.GetLink().GetModule())).Text(said.Text)}
}
