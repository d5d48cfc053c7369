package main

import (
	"slices"
	"testing"

	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

// What loses something says so by its looks wherever it stands.
func TestDeletingLooksLikeIt(t *testing.T) {
	c := newCast(t)
	path := c.adds(t, c.prof, values())
	prof := c.As(c.prof)
	if l := plugintest.LinkTo(t, prof.Get(path), path+"/supprimer"); l.Tone != ui.Bad {
		t.Errorf("the way to delete is drawn %s", l.Tone)
	}
	if f := plugintest.FormTo(t, prof.Get(path+"/supprimer"), path+"/supprimer"); f.Tone != ui.Bad {
		t.Errorf("deleting is drawn %s", f.Tone)
	}
	if f := plugintest.FormTo(t, prof.Get(path+"/modifier"), path+"/modifier"); f.Tone != ui.Neutral {
		t.Errorf("saving is drawn %s", f.Tone)
	}
}

// Who has no address yet is led to where one is made.
func TestNoAddressLeadsToTheForm(t *testing.T) {
	c := newCast(t)
	page := c.As(c.lea).Get("/abonnement")
	led := slices.ContainsFunc(plugintest.All[*ui.Node](page), func(n *ui.Node) bool {
		next := n.GetEmpty().GetLink()
		return next.GetAnchor() != "" && slices.ContainsFunc(plugintest.All[*ui.Node](page), func(to *ui.Node) bool {
			return to.Id == next.GetAnchor() && to.GetForm().GetPath() == "/abonnement"
		})
	})
	if !led {
		t.Error("no next step leads to the form")
	}
}
