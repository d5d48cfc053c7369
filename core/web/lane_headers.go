package web

import (
	"mime"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/host"
)

// passed are the headers of a module's answer that reach the visitor; all the
// others are the core's to say.
var passed = []string{
	fiber.HeaderContentType, fiber.HeaderContentDisposition, fiber.HeaderContentLanguage, fiber.HeaderContentRange,
	fiber.HeaderAcceptRanges, fiber.HeaderLastModified, fiber.HeaderETag, fiber.HeaderRetryAfter, fiber.HeaderAllow, fiber.HeaderContentEncoding,
}

// shown are the kinds of content that a browser may show in place; they can
// run nothing. Everything else is saved.
var shown = []string{
	"text/plain", "text/csv", "text/calendar", "text/event-stream", "application/json", "application/pdf",
	"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif",
	"audio/", "video/",
}

// passHeaders sets what a module may say about what it sends. What it sends is
// fenced: nothing in it runs or loads.
func (c *call) passHeaders(answer *host.Answer) {
	for _, k := range passed {
		if v := answer.Header.Get(k); v != "" {
			c.Set(k, v)
		}
	}
	if v := answer.Header.Get(fiber.HeaderCacheControl); strings.Contains(v, "private") {
		c.Set(fiber.HeaderCacheControl, v) // never in a cache that people share
	}
	c.Set(fiber.HeaderContentSecurityPolicy, fence)
	kind := answer.Header.Get(fiber.HeaderContentType)
	if kind == "" {
		kind = fiber.MIMEOctetStream
	}
	c.Response().Header.SetContentType(kind)
	c.attach(kind, answer.Header.Get(fiber.HeaderContentDisposition), "")
}

// attach makes the browser save what it must not show.
func (c *call) attach(kind, said, name string) {
	disposition, params, err := mime.ParseMediaType(said)
	if err == nil && name == "" {
		name = params["filename"]
	}
	if disposition == "inline" && showable(kind) || disposition == "" && showable(kind) && name == "" {
		disposition = "inline"
	} else {
		disposition = "attachment"
	}
	if name != "" {
		params = map[string]string{"filename": name}
	} else {
		params = nil
	}
	if disposition == "inline" && name == "" {
		c.Response().Header.Del(fiber.HeaderContentDisposition)
		return
	}
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType(disposition, params))
}

func showable(kind string) bool {
	kind, _, _ = strings.Cut(strings.ToLower(kind), ";")
	for _, s := range shown {
		if kind == s || strings.HasSuffix(s, "/") && strings.HasPrefix(kind, s) {
			return true
		}
	}
	return false
}
