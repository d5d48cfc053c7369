package web

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
)

// appearances are what a visitor may choose; auto follows their device.
var appearances = []string{"auto", "clair", "sombre"}

// setAppearance keeps the choice between light and dark in this browser.
func (a *App) setAppearance(c *call) error {
	v, err := c.visitor()
	if err != nil {
		return err
	}
	choice := v.Form.Get("apparence")
	if !slices.Contains(appearances, choice) {
		return errors.New(errors.Invalid, "web.garbage")
	}
	c.keep(appearanceCookie, choice, 365*24*time.Hour)
	return c.goTo(localPath(v.Form.Get("retour")))
}

// appearance returns the choice, "" when there is none.
func (c *call) appearance() string {
	if choice := c.Cookies(appearanceCookie); slices.Contains(appearances, choice) {
		return choice
	}
	return ""
}
