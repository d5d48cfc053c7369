package core

import (
	"os"
	"time"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/core/paper"
	"github.com/preau-ent/preau/core/search"
	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/core/web"
	"github.com/preau-ent/preau/core/web/console"
	people "github.com/preau-ent/preau/core/web/directory"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// words gathers what every room of the core has to say.
func (c *Core) words() (*locale.Catalogue, error) {
	return locale.NewWith(os.DirFS(c.Config.Languages), identity.Locales, access.Locales, audit.Locales, notify.Locales, home.Locales, paper.Locales, theme.Locales, draw.Locales, web.Locales, console.Locales, search.Locales, people.Locales)
}

// introduce makes the modules' permissions and words known to the rest of the
// core, from their manifests alone.
func (c *Core) introduce() error {
	for _, r := range c.Host.Refused() {
		c.Config.Log.Error("module left out", "module", r.Module, "folder", r.Folder, "err", r.Err)
	}
	for _, m := range c.Host.Manifests() {
		folder, err := c.Host.Folder(m.ID)
		if err != nil {
			return err
		}
		if err := c.present(m, folder); err != nil {
			return err
		}
	}
	return nil
}

// present makes one module's permissions and words known, in place of those it
// had.
func (c *Core) present(m *manifest.Manifest, folder string) error {
	var list []access.Permission
	for _, p := range m.Permissions {
		list = append(list, access.Permission{ID: p.ID, Name: p.Name, Default: roles(p.Default)})
	}
	if err := c.Access.Register(m.ID, list); err != nil {
		return err
	}
	return c.Words.AddModule(m.ID, os.DirFS(folder))
}

func roles(profiles []ids.Profile) []string { return plain(profiles) }

// speak returns what puts a module's words as a viewer reads them.
func (c *Core) speak(v *wire.Viewer, module ids.ModuleID) func(*wire.Text) string {
	zone, err := time.LoadLocation(v.GetTimeZone())
	if err != nil {
		zone = time.UTC
	}
	return c.Words.Speaker(v.GetLocale(), zone, c.Config.Now()).For(ids.SchoolID(v.GetSchool())).In(module).Text
}
