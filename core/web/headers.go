package web

import "github.com/gofiber/fiber/v2"

// policy lets a page load only what the core itself serves, nothing inline, and
// be framed by nobody.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// fence is the policy of what a module or a person wrote: it loads nothing.
const fence = "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'none'; sandbox; frame-ancestors 'none'"

var headers = [][2]string{
	{fiber.HeaderContentSecurityPolicy, policy},
	{fiber.HeaderXContentTypeOptions, "nosniff"},
	{fiber.HeaderReferrerPolicy, "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{fiber.HeaderCacheControl, "no-store"},
}

// canonical is headers as fasthttp wants them, made once.
var canonical = func() (out [][2][]byte) {
	for _, kv := range headers {
		out = append(out, [2][]byte{[]byte(kv[0]), []byte(kv[1])})
	}
	return out
}()

// secure sets what every answer carries, whatever becomes of it.
func (a *App) secure(c *call) {
	h := &c.Response().Header
	for _, kv := range canonical {
		h.SetCanonical(kv[0], kv[1])
	}
	if a.Secure {
		h.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
	h.Set(fiber.HeaderXRequestID, c.id)
}
