package main

import (
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/plugintest"
)

// Copies go a year after they were due, sheets after two, with their files.
func TestRetention(t *testing.T) {
	c := newCast(t)
	doc := plugintest.Upload{Field: "fichiers", Name: "fiche.pdf", Content: []byte("%PDF-1.4")}
	id := c.sets(t, sheet(), doc)
	c.handsIn(t, c.lea, id, "Voici", photo("copie.jpg"))
	c.Advance(366 * 24 * time.Hour) // a day before
	c.As(c.tom).Get("/")
	plugintest.Has(t, c.As(c.lea).Get("/devoir/"+id), "Voici", "copie.jpg")
	c.Advance(2 * 24 * time.Hour)
	c.As(c.tom).Get("/")
	page := c.As(c.lea).Get("/devoir/" + id)
	plugintest.Has(t, page, "Récit d'une page", "fiche.pdf")
	plugintest.HasNot(t, page, "Voici", "copie.jpg")
	if n := len(c.Stored()); n != 1 {
		t.Errorf("%d files are kept, want the teacher's", n)
	}
	c.Advance(366 * 24 * time.Hour)
	c.As(c.tom).Get("/")
	refused(t, c.As(c.prof).Do("GET", "/devoir/"+id, nil), "after two years", errors.NotFound)
	if n := len(c.Stored()); n > 0 {
		t.Errorf("%d files are kept", n)
	}
}
