package search

import (
	"context"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Source is something that offers documents: a module, by its id, or a part of
// the core, whose name begins with "core.".
type Source struct {
	Name    string
	Version string // when it changes, all is asked again
}

// Sources is what the documents come from.
type Sources interface {
	// Of lists the sources of a school.
	Of(ctx context.Context, school ids.SchoolID) ([]Source, error)
	// Documents answers those of these ids, or a page of all. A document
	// without a title is called by its kind.
	Documents(ctx context.Context, school ids.SchoolID, source string, wanted []string, cursor string, limit int) (found []*wire.Document, next string, err error)
	// Gate names the permission that opens a document's page; false when no
	// page is there.
	Gate(school ids.SchoolID, source string, d *wire.Document) (ids.Permission, bool)
	// Say spells words of a source in every language.
	Say(source string, words *wire.Text) []string
}
