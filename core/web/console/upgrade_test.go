package console

import (
	"context"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/packages"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// upgrades stands in for the core.
type upgrades struct {
	next  *packages.Candidate
	last  *host.Renewal
	alone bool
	fails error

	took string
	by   audit.By
}

func (u *upgrades) Later(context.Context, ids.ModuleID) (*packages.Candidate, error) {
	if u.next == nil {
		return nil, errors.New(errors.NotFound, "packages.noversion")
	}
	return u.next, nil
}
func (u *upgrades) Upgrade(ctx context.Context, _ ids.ModuleID, digest string) (host.Report, error) {
	if u.fails != nil {
		return host.Report{}, u.fails
	}
	u.took, u.by = digest, audit.ByOf(ctx)
	return host.Report{From: "1.2.0", To: "1.3.0"}, nil
}
func (u *upgrades) Alone(context.Context) (bool, error) { return u.alone, nil }
func (u *upgrades) LastUpgrade(context.Context, ids.ModuleID) (*host.Renewal, error) {
	return u.last, nil
}

func TestLaterVersionIsOffered(t *testing.T) {
	b := newBench(t)
	b.mods.now = host.Status{State: supervise.Serving, Circuit: host.Closed}
	b.refuses("yann", "POST", forum+"/version/abc", errors.NotFound) // nothing is wired
	u := &upgrades{alone: true}
	b.Upgrades = u
	lacks(t, "no other version", b.ok("yann", "GET", forum), "/version/", "Une autre version")
	u.next = &packages.Candidate{Module: "forum", From: "1.2.0", To: "1.3.0", Digest: "abc", Was: 1, Schema: 2, Widgets: []string{"nouveau"},
		Asks: []manifest.Capability{manifest.ReadDirectory, "events.publish:forum.closed", "net.connect:exemple.fr"}, Opens: []ids.Permission{"forum.close"}, Closes: []ids.Permission{"forum.read"}}
	text := b.ok("yann", "GET", forum)
	has(t, "offer", text, "1.2.0", "1.3.0", forum+"/version/abc", "forum.close", "forum.read", "nouveau", "exemple.fr", "forum.closed", "copiées avant", "demande en plus")
	if to := b.ok("yann", "POST", forum+"/version/abc"); to != forum || u.took != "abc" || u.by.Person != b.member("yann").Person() {
		t.Errorf("leads to %s, took %q by %v", to, u.took, u.by)
	}
	u.fails = errors.New(errors.Unavailable, "host.upgrade.undone", "module", "forum", "from", "1.2.0", "to", "1.3.0")
	b.ok("yann", "POST", forum+"/version/abc") // told on the module's page, no error page
	u.fails = errors.New(errors.Conflict, "")
	b.refuses("yann", "POST", forum+"/version/abc", errors.Conflict)

	u.alone = false
	text = b.ok("yann", "GET", forum)
	has(t, "among schools", text, "1.3.0", "la personne qui l’administre choisit")
	lacks(t, "among schools", text, "/version/")
	b.refuses("yann", "POST", forum+"/version/abc", errors.Denied)
	b.refuses("lea", "POST", forum+"/version/abc", errors.Denied)
}

func TestHowTheLastUpgradeWent(t *testing.T) {
	b := newBench(t)
	at := time.Date(2026, 11, 22, 10, 30, 0, 0, time.UTC)
	u := &upgrades{last: &host.Renewal{From: "1.1.0", To: "1.2.0", At: at}}
	b.Upgrades = u
	b.mods.now = host.Status{State: supervise.Serving, Circuit: host.Closed}
	lacks(t, "all is well", b.ok("yann", "GET", forum), "1.1.0")
	b.mods.now.State, b.mods.now.Quarantine = supervise.Quarantined, &host.Quarantine{At: at, Limit: supervise.Limits[0]}
	has(t, "it fails since", b.ok("yann", "GET", forum), "1.1.0", "s’arrête sans cesse")
	u.last = &host.Renewal{From: "1.2.0", To: "1.3.0", At: at, Reason: "unavailable: host.upgrade.migration"}
	b.mods.now = host.Status{State: supervise.Serving, Circuit: host.Closed, Upgrading: "1.4.0"}
	has(t, "undone", b.ok("yann", "GET", forum), "1.3.0", "est restée en place", "host.upgrade.migration", "1.4.0")
}
