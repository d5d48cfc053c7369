package main

import (
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
)

// takenBack reports whether what was said under a key was taken back.
func (c *cast) takenBack(key string) bool {
	return slices.ContainsFunc(c.Withdrawn(), func(w plugintest.Withdrawn) bool { return w.Key == key })
}

// What is cancelled before families see it is not announced to them as new: not
// when it is cancelled, not when the hours move, not when it comes out of the bin.
func TestCancelledBeforeItIsSeen(t *testing.T) {
	c := evening(t)
	prof := c.As(c.prof)
	path := c.adds(t, c.prof, signed(with("signer-avant", "2026-09-17"), with("collegues", "on")))
	n := len(c.Notices())
	prof.Press(prof.Get(path), path+"/annuler")
	c.tells(t, "cancelled", n, map[string][]ids.PersonID{"changement agenda.notice.cancelled": {c.colleague}})
	if !c.takenBack("entry:" + idOf(path)) {
		t.Errorf("families will be told: taken back %v", c.Withdrawn())
	}
	n = len(c.Notices())
	c.Hours(func(at time.Time) time.Time { return at })
	if err := c.Deliver(sdk.HoursMoved, nil); err != nil {
		t.Fatal(err)
	}
	prof.Post(path+"/supprimer", nil)
	prof.Press(prof.Get("/corbeille"), "/corbeille/")
	c.tells(t, "moved, deleted and restored", n, nil)
	prof.Press(prof.Get(path), path+"/annuler")
	c.tells(t, "held after all", n, map[string][]ids.PersonID{
		"changement agenda.notice.held": {c.lea, c.tom, c.colleague}, "signature agenda.notice.sign": {c.mother, c.father},
	})
}
