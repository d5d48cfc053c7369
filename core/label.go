package core

import (
	"context"

	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/web"
	"github.com/preau-ent/preau/sdk/ids"
)

// wording is what a school calls things: its own words, then those of the theme
// that it chose.
func (c *Core) wording(look func(context.Context, ids.SchoolID) (web.Look, error)) locale.Labels {
	return func(school ids.SchoolID, lang string) map[locale.Label]string {
		own := c.Labels.Of(school, lang)
		chosen, err := look(context.Background(), school)
		if err != nil {
			return own // the page says so itself
		}
		themes := c.Themes.Labels(chosen.Look, lang)
		if len(themes) == 0 {
			return own
		}
		all := make(map[locale.Label]string, len(own)+len(themes))
		for key, text := range themes {
			all[locale.Label{Key: key}] = text
		}
		for l, text := range own {
			all[l] = text
		}
		return all
	}
}
