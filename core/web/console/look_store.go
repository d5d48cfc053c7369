package console

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/files"
	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/core/web"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// chosen is what a school chose of its look, in its space.
type chosen struct {
	theme.Look
	Logo string `json:"logo,omitempty"` // hash of its bytes; empty: none
	Type string `json:"type,omitempty"` // of the logo: a MIME type
}

var (
	lookKey = []byte("console.look")
	logoKey = []byte("console.logo")
)

// maxLogo bounds what is sent as a logo, in bytes.
const maxLogo = 8_000_000

// A logo is kept as it is shown, since every page shows it: in so many pixels at
// most, on a sharp screen with large letters, and in so many bytes at most.
const (
	logoWide  = 480
	logoHigh  = 160
	logoLight = 32 << 10
)

// logoTypes are the pictures a logo may be: none that can hold a script.
var logoTypes = map[string]bool{"image/png": true, "image/jpeg": true, "image/webp": true, "image/gif": true}

// Look returns how a school wants its pages; the zero Look when it chose
// nothing.
func (c *Console) Look(ctx context.Context, school ids.SchoolID) (web.Look, error) {
	if look, ok := c.looks.Load(school); ok {
		return look.(web.Look), nil
	}
	own, err := c.chosen(ctx, school)
	if err != nil {
		return web.Look{}, err
	}
	look := web.Look{Look: own.Look}
	if own.Logo != "" {
		look.Logo = logoPath + "/" + own.Logo
	}
	c.looks.Store(school, look)
	return look, nil
}

func (c *Console) chosen(ctx context.Context, school ids.SchoolID) (own chosen, err error) {
	space, err := c.Engine.Open(ctx, school)
	if err != nil {
		return own, err
	}
	err = space.View(ctx, func(tx store.Tx) error {
		own = chosen{}
		text, ok, err := tx.Get(lookKey)
		if err != nil || !ok {
			return err
		}
		return json.Unmarshal(text, &own)
	})
	return own, err
}

// Wear gives a school a look; its logo stays. Invalid names what there is not:
// pack, colour, density.
func (c *Console) Wear(ctx context.Context, by audit.By, school ids.SchoolID, look theme.Look) error {
	if _, err := c.Themes.Try(look); err != nil {
		return err
	}
	own, err := c.chosen(ctx, school)
	if err != nil {
		return err
	}
	own.Look = look
	return c.keep(ctx, by, school, own, nil)
}

// keep stores the look, its logo when there is a new one, and the line of the
// journal in one transaction.
func (c *Console) keep(ctx context.Context, by audit.By, school ids.SchoolID, own chosen, logo []byte) error {
	space, err := c.Engine.Open(ctx, school)
	if err != nil {
		return err
	}
	text, err := json.Marshal(own)
	if err != nil {
		return errors.Internal(err)
	}
	defer c.looks.Delete(school)
	return space.Update(ctx, func(tx store.Tx) error {
		if err := tx.Put(lookKey, text); err != nil {
			return err
		}
		switch {
		case own.Logo == "":
			err = tx.Delete(logoKey)
		case logo != nil:
			err = tx.Put(logoKey, logo)
		}
		if err != nil {
			return err
		}
		return c.Audit.RecordIn(tx, audit.Entry{Actor: by.Person, Address: by.Address, School: school,
			Action: audit.ThemeChanged, Details: map[string]string{"pack": own.Pack, "colour": own.Colour, "density": own.Density, "logo": own.Logo}})
	})
}

// fitLogo makes of what was sent the logo that is kept. It looks at the bytes, not
// at what the browser says they are.
func fitLogo(data []byte) (logo []byte, mime, hash string, err error) {
	if len(data) > maxLogo {
		return nil, "", "", errors.Field("logo", "console.logo.large")
	}
	if !logoTypes[http.DetectContentType(data)] {
		return nil, "", "", errors.Field("logo", "console.logo.type")
	}
	logo, err = files.Fit(data, logoWide, logoHigh, logoLight)
	switch errors.KindOf(err) {
	case errors.TooLarge:
		return nil, "", "", errors.Field("logo", "console.logo.pixels")
	case errors.Invalid:
		return nil, "", "", errors.Field("logo", "console.logo.type")
	}
	if err != nil {
		return nil, "", "", err
	}
	sum := sha256.Sum256(logo)
	return logo, http.DetectContentType(logo), hex.EncodeToString(sum[:8]), nil
}

// sendLogo answers the logo of the visitor's school, to who is not signed in that
// of the only one there is: its pages are theirs from the first on.
func (c *Console) sendLogo(v *visit.Visit) (*visit.Answer, error) {
	gone, school := errors.New(errors.NotFound, "console.logo.gone"), v.School()
	if v.Session == nil {
		only, err := c.Identity.Only(v.Context)
		if err != nil {
			return nil, err
		}
		if school = only.ID; school == "" {
			return nil, gone
		}
	}
	own, err := c.chosen(v.Context, school)
	if err != nil {
		return nil, err
	}
	if own.Logo == "" || own.Logo != v.Params["hash"] {
		return nil, gone
	}
	space, err := c.Engine.Open(v.Context, school)
	if err != nil {
		return nil, err
	}
	var data []byte
	err = space.View(v.Context, func(tx store.Tx) (err error) {
		data, _, err = tx.Get(logoKey)
		return err
	})
	if err == nil && data == nil {
		err = gone
	}
	if err != nil {
		return nil, err
	}
	answer := visit.Give("", own.Type, data)
	answer.Lasts = true
	return answer, nil
}
