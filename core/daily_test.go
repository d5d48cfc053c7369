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
	c, err := New(t.Context(), Config{Data: t.TempDir(), Modules: []string{t.TempDir()}, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Identity.AddSchool(t.Context(), audit.By{}, identity.School{ID: school, Name: "Collège"}); err != nil {
		t.Fatal(err)
	}
	saved, err := c.Identity.SaveMembers(t.Context(), identity.Batch{School: school, People: []identity.Entry{
		{Source: "prof", FirstName: "Inès", LastName: "Roux", Profile: ids.Enseignant}}})
	if err == nil {
		err = c.Identity.AskEmail(t.Context(), audit.By{}, school, saved.People[0], "inconnu@example.org", func(string, string) error { return nil })
	}
	if err != nil {
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
