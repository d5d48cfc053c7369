package core

import (
	"net/url"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
)

// site is what the addresses in letters begin with: the configured one, or where
// the core listens. Invalid when the configured one is no address of a site, or
// when letters go out and only a proxy, whose address nobody said, is reached by
// those who read them.
func (c *Core) site() (string, error) {
	cfg := c.Config
	switch {
	case cfg.Site != "":
		u, err := url.Parse(cfg.Site)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
			return "", errors.Wrap(err, errors.Invalid, "core.site", "site", cfg.Site)
		}
		return u.Scheme + "://" + u.Host, nil
	case !cfg.Secure:
		return "http://" + cfg.Listen, nil
	case cfg.Mail.Server != "":
		return "", errors.New(errors.Invalid, "core.site.missing")
	}
	return "https://" + cfg.Listen, nil
}
