package web

import (
	"net"
	"time"

	"github.com/gofiber/fiber/v2"
)

// Names of the cookies. The __Host- prefix makes browsers refuse one that is
// not Secure or comes from another host; plain HTTP is only for loopback.
const (
	secureCookie     = "__Host-preau"
	plainCookie      = "preau"
	flashCookie      = "preau-dit"
	appearanceCookie = "preau-apparence"
)

func (c *call) cookieName() string {
	if c.scheme() == "https" {
		return secureCookie
	}
	return plainCookie
}

func (c *call) sessionToken() string { return c.Cookies(c.cookieName()) }

// setToken gives the browser a session token.
func (c *call) setToken(token string, expires time.Time) {
	c.Cookie(&fiber.Cookie{Name: c.cookieName(), Value: token, Path: "/", Expires: expires,
		Secure: c.scheme() == "https", HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
}

// dropToken takes it away.
func (c *call) dropToken() { c.setToken("", time.Unix(1, 0)) }

// keep sets a small cookie of no consequence.
func (c *call) keep(name, value string, age time.Duration) {
	c.Cookie(&fiber.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(age.Seconds()), Expires: c.app.Now().Add(age),
		Secure: c.scheme() == "https", HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
}

// trustworthy reports whether a session cookie may be given at all:
// over HTTPS, or to this very machine.
func (c *call) trustworthy() bool {
	return c.scheme() == "https" || c.near()
}

// near reports whether the connection comes from this machine and was made to it
// by a name that means it.
func (c *call) near() bool {
	host := c.Get(fiber.HeaderHost)
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	ip := net.ParseIP(host)
	return c.Context().RemoteIP().IsLoopback() && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// relays are the headers by which a proxy tells on whose behalf it asks.
var relays = []string{"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Real-Ip"}

// local reports whether a program of this very machine asks, for itself. A proxy
// on this machine asks for all the world, and none of its headers need be there:
// where pages are reached through one, nobody is local.
func (c *call) local() bool {
	if c.app.Secure || !c.near() {
		return false
	}
	for _, name := range relays {
		if len(c.Request().Header.PeekAll(name)) > 0 {
			return false
		}
	}
	return true
}
