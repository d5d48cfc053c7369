package sdk

import (
	"context"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Document is one thing that people can search for. The core keeps it in the
// school's index, shows it to its audience, and to nobody else.
type Document struct {
	ID       string    // inside the module and school: that of [Reindex]
	Kind     *ui.Words // "Devoir", a key of the module's catalogues
	Title    string
	Text     string    // what else is searched in; Markdown will do
	Path     string    // the page that shows it, a GET route of the module
	Icon     string    // one of package ui; empty: the module's
	When     time.Time // what it is about in time; zero: nothing
	Audience []Audience
}

// Audience is everybody who is in all of its parts that are not empty; a
// document without an audience is found by nobody. Whoever finds a document
// must be able to open its page: say here what the page's handler decides.
type Audience struct {
	People      []ids.PersonID
	Groups      []ids.GroupID // those whose own group or class it is
	Profiles    []ids.Profile
	Permissions []ids.Permission // of this module: who holds one of them
	Guardians   bool             // not they: those who have a child in People and Groups
	From        time.Time        // not before; zero: at once
}

// SearchFunc answers the documents that are asked for: those of r.IDs, of which
// the ones it leaves out are forgotten, or a page of all. [Documents] does the
// reading for a collection.
type SearchFunc func(r *SearchRequest) (found []*Document, next string, err error)

// SearchRequest asks for documents. Nobody looks: Scope has no viewer.
type SearchRequest struct {
	Scope
	IDs    []string // these; empty: all, from Cursor on
	Cursor string   // what the answer before called next; empty: the first page
	Limit  int      // most documents of one answer
	ctx    context.Context
}

// Context ends when the core no longer waits for the answer.
func (r *SearchRequest) Context() context.Context { return r.ctx }

// Search adds what module.yaml promises with "interfaces: [search]".
func (m *Module) Search(f SearchFunc) { m.search = f }

// Reindex says, in the transaction that does it, that these documents came,
// changed or went: the core asks for them again once it is committed.
func Reindex(tx store.Tx, ids ...string) error {
	if len(ids) == 0 {
		return nil
	}
	return tx.Emit(wire.SearchChanged, wire.Changed{IDs: ids})
}

// ReindexAll is [Reindex] for more than one would name: all are asked for again.
func ReindexAll(tx store.Tx) error { return tx.Emit(wire.SearchChanged, wire.Changed{All: true}) }

// Documents answers a request from a collection whose ids are those of the
// documents; describe returns nil for an item that nobody shall find.
func Documents[T any](r *SearchRequest, c *store.Collection[T], describe func(*T) *Document) (found []*Document, next string, err error) {
	err = r.Store.View(r.ctx, func(tx store.Tx) error {
		items, after, err := pick(tx, r, c)
		if err != nil {
			return err
		}
		found, next = nil, after
		for _, item := range items {
			if d := describe(item); d != nil {
				found = append(found, d)
			}
		}
		return nil
	})
	return found, next, err
}

// pick reads the items that a request is about.
func pick[T any](tx store.Tx, r *SearchRequest, c *store.Collection[T]) (items []*T, next string, err error) {
	if len(r.IDs) == 0 {
		return c.Page(tx, "", r.Cursor, r.Limit)
	}
	for _, id := range r.IDs {
		item, err := c.Get(tx, id)
		if errors.KindOf(err) == errors.NotFound {
			continue
		}
		if err != nil {
			return nil, "", err
		}
		items = append(items, item)
	}
	return items, "", nil
}

// Documents answers what may be searched for.
func (r *Runtime) Documents(ctx context.Context, in *wire.DocumentsRequest) (*wire.DocumentsResponse, error) {
	if r.module.search == nil {
		return nil, errors.New(errors.NotFound, "")
	}
	l, err := r.live()
	if err != nil {
		return nil, err
	}
	defer l.control.leave()
	scope, err := l.unseen(ctx, ids.SchoolID(in.GetSchool()), in.GetHandle(), time.UTC)
	if err != nil {
		return nil, err
	}
	found, next, err := r.module.search(&SearchRequest{
		Scope: scope, IDs: in.GetIds(), Cursor: in.GetCursor(), Limit: int(in.GetLimit()), ctx: ctx,
	})
	if err != nil {
		return nil, err
	}
	out := &wire.DocumentsResponse{Next: next}
	for _, d := range found {
		out.Documents = append(out.Documents, d.wire())
	}
	return out, nil
}

func (d *Document) wire() *wire.Document {
	out := &wire.Document{Id: d.ID, Kind: d.Kind, Title: d.Title, Text: d.Text, Path: d.Path, Icon: d.Icon, When: stamp(d.When)}
	for _, a := range d.Audience {
		out.Audience = append(out.Audience, &wire.Audience{People: texts(a.People), Groups: texts(a.Groups), Profiles: texts(a.Profiles),
			Permissions: texts(a.Permissions), Guardians: a.Guardians, From: stamp(a.From)})
	}
	return out
}

// stamp is nil for the zero time, which means absent.
func stamp(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}
