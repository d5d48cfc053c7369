package core

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// TestInstalledProgramChanged: an installed module is held to what its vendor
// signed also while the core runs; the journal knows.
func TestInstalledProgramChanged(t *testing.T) {
	v := newVendor(t)
	c := opened(t, v.trusted(t))
	running(t, c)
	i, err := c.InstallModule(t.Context(), Install{File: v.packed(t, "0.1.0"), Schools: []ids.SchoolID{dunes}})
	must(t, err)
	must(t, c.Host.Restart(t.Context(), "bonjour"))
	binary := filepath.Join(c.Config.Data, packagesFolder, "sha256-"+i.Digest, "bonjour", "bonjour")
	whole, err := os.ReadFile(binary)
	must(t, err)
	unlock(t, filepath.Dir(binary))
	must(t, os.WriteFile(binary+".new", append(slices.Clone(whole), 0), 0o555))
	must(t, os.Rename(binary+".new", binary))
	if err := c.Host.Restart(t.Context(), "bonjour"); !errors.Is(err, seal.ErrChanged) {
		t.Errorf("restarted: %v", err)
	}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		s := c.Host.Modules()[0]
		if s.State == supervise.Quarantined && s.Quarantine != nil && s.Quarantine.Changed() {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("%+v", s)
		}
	}
	if key, _ := errors.Public(second(page(c))); key != "host.aside" {
		t.Errorf("its page says %s", key)
	}
	if got := journaled(t, c, "bonjour"); len(got) == 0 || got[0] != "module.refused" {
		t.Errorf("journal: %v", got)
	}
}
