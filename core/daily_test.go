package core

import (
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// TestEachDayForgets: an address that nobody confirmed is gone from the store a day
// later, without anybody asking for another.
func TestEachDayForgets(t *testing.T) {
	const school = ids.SchoolID("0750655E")
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	c, people := peopled(t, Config{Now: func() time.Time { return now }}, school,
		identity.Entry{Source: "prof", FirstName: "Inès", LastName: "Roux", Profile: ids.Enseignant})
	if err := c.Identity.AskEmail(t.Context(), audit.By{}, school, people[0], "inconnu@example.org", func(string, string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	kept := func() (found bool) {
		t.Helper()
		space, err := c.Store.Open(t.Context(), store.Global)
		if err == nil {
			err = space.View(t.Context(), func(tx store.Tx) error {
				for pair, err := range tx.Scan(nil, nil, false) {
					if err != nil {
						return err
					}
					found = found || strings.Contains(string(pair.Value), "inconnu@example.org")
				}
				return nil
			})
		}
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	for _, day := range []bool{true, false} {
		if err := c.today(t.Context()); err != nil {
			t.Fatal(err)
		}
		if kept() != day {
			t.Errorf("on %s it is kept: %v", now, !day)
		}
		now = now.Add(identity.EmailAskLasts)
	}
}
