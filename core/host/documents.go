package host

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/preau-ent/preau/core/host/calls"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// Searchable is a module of a school that offers documents to search.
type Searchable struct {
	Module  ids.ModuleID
	Version string
	Icon    string
}

// Searchable lists the modules of a school that offer documents.
func (h *Host) Searchable(school ids.SchoolID) (list []Searchable) {
	for _, id := range h.Enabled(school) {
		if e := h.known().modules[id]; e != nil && e.manifest.Offers("search") {
			list = append(list, Searchable{Module: id, Version: e.manifest.Version, Icon: e.manifest.Icon})
		}
	}
	return list
}

// asking bounds one call for documents.
const asking = 10 * time.Second

// Documents asks a module for a school's documents: those of ids, or a page of
// all. Nobody looks: who may see which is for whoever shows them. Those that
// lead to no page of the module are left out. Unavailable when the module is
// not there to be asked, NotFound when the school switched it off.
func (h *Host) Documents(ctx context.Context, school ids.SchoolID, module ids.ModuleID, wanted []string, cursor string, limit int) (found []*wire.Document, next string, err error) {
	w := h.worker(module)
	if w == nil || !h.IsEnabled(school, module) || !w.entry.manifest.Offers("search") {
		return nil, "", errors.New(errors.NotFound, "host.noroute")
	}
	ctx, cancel := context.WithTimeout(ctx, asking)
	defer cancel()
	var out *wire.DocumentsResponse
	err = w.control(ctx, &calls.Call{Module: module, School: school}, func(ctx context.Context, m wire.ModuleClient, handle string) (err error) {
		out, err = m.Documents(ctx, &wire.DocumentsRequest{School: string(school), Handle: handle,
			Ids: wanted, Cursor: cursor, Limit: int32(limit)})
		if err == nil && out.GetNext() != "" && out.GetNext() == cursor {
			err = errGarbage // it would go on for ever
		}
		return err
	})
	if err != nil {
		return nil, "", err
	}
	found = slices.DeleteFunc(out.GetDocuments(), func(d *wire.Document) bool {
		_, ok := w.entry.manifest.Match(http.MethodGet, d.GetPath())
		return !ok || d.GetId() == "" || !manifest.CleanPath(d.GetPath())
	})
	return found, out.GetNext(), nil
}

// Opens returns the permission that the page of a document asks for; false when
// the school's module has no such page.
func (h *Host) Opens(school ids.SchoolID, module ids.ModuleID, path string) (ids.Permission, bool) {
	r, err := h.Route(school, module, http.MethodGet, path)
	return r.Permission, err == nil
}
