package web

import (
	"bytes"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/errors"
)

// showSignIn answers the sign-in page, or home to who is signed in.
func (a *App) showSignIn(c *call) error {
	if c.session != nil {
		return c.goTo(localPath(c.Query("retour", "/")))
	}
	return a.signInPage(c, fiber.StatusOK, &draw.SignInPage{Back: localPath(c.Query("retour", "/"))})
}

func (a *App) signInPage(c *call, status int, p *draw.SignInPage) error {
	p.Hint = c.speaker().T("web.signin.hint")
	var b bytes.Buffer
	if err := draw.SignIn(&b, c.drawing(), c.layout(), p); err != nil {
		return err
	}
	return c.send(status, htmlType, b.Bytes())
}

// signIn opens a session. Over plain HTTP from another machine it refuses: the
// password would have travelled in clear, and the cookie would after it.
func (a *App) signIn(c *call) error {
	v, err := c.visitor()
	if err != nil {
		return err
	}
	if !c.trustworthy() {
		return errors.New(errors.Denied, "web.signin.plain")
	}
	back := localPath(v.Form.Get("retour"))
	token, s, err := a.Identity.SignIn(identity.WithAgent(v.Context, strings.Clone(c.Get(fiber.HeaderUserAgent))), v.Form.Get("identifiant"), v.Form.Get("mot-de-passe"), v.Address)
	if err != nil {
		return a.signInFailed(c, v.Form.Get("identifiant"), back, err)
	}
	if c.token != "" {
		if err := a.Identity.SignOut(v.Context, c.token, v.Address); err != nil {
			return err
		}
	}
	c.setToken(token, s.Expires)
	if v.Form.Get("partage") != "" {
		c.token = token
		c.onShared()
	} else if c.shared() {
		c.Cookie(&fiber.Cookie{Name: sharedCookie, Path: "/", MaxAge: -1})
	}
	return c.goTo(back) // admission leads on to the change of a first password
}

// signInFailed shows the form again with what was wrong; a program gets the
// error itself.
func (a *App) signInFailed(c *call, login, back string, err error) error {
	kind := errors.KindOf(err)
	if c.wantsJSON() || kind == errors.Bug || kind == errors.Unavailable {
		return err
	}
	return a.signInPage(c, kind.HTTP(), &draw.SignInPage{Login: login, Back: back, Error: c.speaker().Error(err)})
}

// signOut ends the session; there need not be one.
func (a *App) signOut(c *call) error {
	if c.token != "" {
		if err := a.Identity.SignOut(c.UserContext(), c.token, c.address()); err != nil {
			return err
		}
		a.live.Look()
	}
	c.dropToken()
	c.forget()
	return c.goTo(draw.SignInPath)
}
