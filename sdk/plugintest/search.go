package plugintest

import (
	"context"
	"net/http"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// documentsAtOnce is small, so that every test turns pages.
const documentsAtOnce = 3

// Documents returns everything of the first school that the module offers to
// search, or the documents of these ids.
func (h *Harness) Documents(ids ...string) []*wire.Document {
	h.t.Helper()
	var all []*wire.Document
	seen, cursor := map[string]bool{}, ""
	for {
		found, next := h.documents(cursor, ids)
		for _, d := range found {
			if seen[d.GetId()] {
				h.t.Errorf("document %s is offered twice", d.GetId())
			}
			seen[d.GetId()] = true
			h.examineDocument(d)
		}
		all = append(all, found...)
		if next == "" {
			return all
		}
		if next == cursor {
			h.t.Fatalf("documents: the page after %q is itself", cursor)
		}
		cursor = next
	}
}

func (h *Harness) documents(cursor string, ids []string) ([]*wire.Document, string) {
	h.t.Helper()
	handle, end := h.core.open(h.School, "")
	defer end()
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	out, err := h.module.Documents(ctx, &wire.DocumentsRequest{School: string(h.School.ID), Handle: handle,
		Ids: ids, Cursor: cursor, Limit: documentsAtOnce})
	if err != nil {
		h.t.Fatalf("documents: %v", errors.FromStatus(err))
	}
	return out.GetDocuments(), out.GetNext()
}

// examineDocument checks what no document may lack.
func (h *Harness) examineDocument(d *wire.Document) {
	h.t.Helper()
	h.examine(d)
	switch {
	case d.GetId() == "" || d.GetTitle() == "":
		h.t.Errorf("a document has no id or no title: %v", d)
	case !manifest.CleanPath(d.GetPath()):
		h.t.Errorf("document %s leads to %q, not a clean path", d.GetId(), d.GetPath())
	}
	h.leads(http.MethodGet, "", d.GetPath())
	declared := map[string]bool{}
	for _, p := range h.Manifest.Permissions {
		declared[string(p.ID)] = true
	}
	for _, a := range d.GetAudience() {
		for _, p := range a.GetPermissions() {
			if !declared[p] {
				h.t.Errorf("document %s is for holders of %s, which %s does not declare", d.GetId(), p, manifest.FileName)
			}
		}
	}
}

// Finds reports whether the visitor finds a document, given its words: they are
// of its audience and may use the address it leads to.
func (v *Visitor) Finds(d *wire.Document) bool {
	v.h.t.Helper()
	route, ok := v.h.Manifest.Match(http.MethodGet, d.GetPath())
	w := v.viewer()
	return ok && v.may(route.Permission) && d.Admits(w, v.h.Now())
}
