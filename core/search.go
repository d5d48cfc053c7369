package core

import (
	"context"
	"path/filepath"

	"github.com/preau-ent/preau/core/search"
	"github.com/preau-ent/preau/core/search/sources"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// openSearch makes search, which asks everybody else.
func (c *Core) openSearch(context.Context) error {
	c.Findable = sources.New(c.Host, c.Identity, c.Access, c.Words, c.places)
	c.Search = search.New(search.Config{Folder: filepath.Join(c.Config.Data, "search"), Engine: c.Store, Sources: c.Findable,
		Now: c.Config.Now, Log: c.Config.Log})
	c.closers = append(c.closers, c.Search.Close)
	return nil
}

// places lists what the core itself has to be found.
func (c *Core) places() []search.Place {
	if c.Web == nil {
		return nil
	}
	return c.Web.Places()
}

// changedDocuments hears from modules what is to be asked for again.
func (c *Core) changedDocuments(ctx context.Context, school ids.SchoolID, module ids.ModuleID, documents []string) error {
	if c.Search == nil {
		return errors.New(errors.Unavailable, "search.closed")
	}
	return c.Search.Changed(ctx, school, string(module), documents)
}

// touched hears that people or classes of a school changed.
func (c *Core) touched(school ids.SchoolID) {
	if c.Search != nil {
		c.Search.Look(school)
	}
}
