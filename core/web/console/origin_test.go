package console

import (
	"testing"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/manifest"
)

// TestOriginIsShown: a school sees who made a module, and what the operator
// kept from it.
func TestOriginIsShown(t *testing.T) {
	b := newBench(t)
	b.mods.source = host.Source{Tier: manifest.TierFirstParty}
	text := b.ok("yann", "GET", forum)
	has(t, "bundled", text, "Provenance", "Fourni avec Préau", "Renforcé")
	lacks(t, "bundled", text, "Clé de l’éditeur", "Non accordé", "⟦")

	b.mods.m.Capabilities = []manifest.Capability{manifest.ReadDirectory, "net.connect:editeur.test", "net.connect:@hosts", "events.publish:forum.posted"}
	b.mods.source = host.Source{Tier: manifest.TierVendor, Package: "0123456789abcdef0123456789abcdef", Key: "fedcba9876543210ffff",
		Granted: []manifest.Capability{"net.connect:editeur.test", "net.connect:@hosts", "events.publish:forum.posted"}}
	text = b.ok("yann", "GET", forum)
	has(t, "packaged", text, "Paquet signé d’un éditeur (0123456789abcdef)", "Clé de l’éditeur", "fedcba9876543210", "Maximal",
		"Se connecter à editeur.test", "que l’établissement indique", "Lire l’annuaire", "Non accordé par l’exploitant")
	lacks(t, "packaged", text, "Fourni avec", "fedcba9876543210f", "⟦")
}
