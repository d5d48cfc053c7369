package control

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

// Check is what the doctor found about one thing.
type Check struct {
	Name     string    `json:"name"` // journal stores accounts modules schools confinement
	Healthy  bool      `json:"healthy"`
	Examined int       `json:"examined"` // entries, stores, accounts, modules, schools, needs
	Findings []Finding `json:"findings"`
}

// Finding is one thing that is wrong, or only odd when Odd is true. Detail is
// for the operator, in English.
type Finding struct {
	Key    string `json:"key"`
	About  string `json:"about"`
	Detail string `json:"detail,omitempty"`
	Odd    bool   `json:"odd,omitempty"`
	Words  string `json:"words,omitempty"` // set by whoever prints
}

func (c *Check) find(key, about, detail string) {
	c.Healthy = false
	c.Findings = append(c.Findings, Finding{Key: key, About: about, Detail: detail})
}

func (c *Check) odd(key, about, detail string) {
	c.Findings = append(c.Findings, Finding{Key: key, About: about, Detail: detail, Odd: true})
}

// Doctor examines everything that is kept. Nothing is repaired or changed.
var Doctor = define("doctor", func(ctx context.Context, c *core.Core, _ None, _ Tell) ([]Check, error) {
	var checks []Check
	for _, one := range []struct {
		name string
		look func(context.Context, *core.Core, *Check) error
	}{
		{"journal", lookAtJournal}, {"stores", lookAtStores}, {"schools", lookAtSchools},
		{"accounts", lookAtAccounts}, {"modules", lookAtModules}, {"confinement", lookAtConfinement},
	} {
		check := Check{Name: one.name, Healthy: true, Findings: []Finding{}}
		if err := one.look(ctx, c, &check); err != nil {
			check.find("doctor.unreadable", one.name, err.Error())
		}
		checks = append(checks, check)
	}
	return checks, nil
})

// lookAtJournal verifies the hash chain of every journal.
func lookAtJournal(ctx context.Context, c *core.Core, check *Check) error {
	reports, err := c.Audit.Verify(ctx)
	for _, r := range reports {
		check.Examined += int(r.Entries)
		if !r.Whole() {
			check.find("doctor.journal", string(r.School), r.Problem)
		}
	}
	return err
}

// lookAtStores reads every key of every store that no module has open.
func lookAtStores(ctx context.Context, c *core.Core, check *Check) error {
	if err := readEngine(ctx, c.Store, "core", check); err != nil {
		return err
	}
	running := map[ids.ModuleID]bool{}
	for _, s := range c.Host.Modules() {
		running[s.ID] = s.PID != 0
	}
	root := filepath.Join(c.Config.Data, "modules")
	folders, err := os.ReadDir(root)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for _, f := range folders {
		if !f.IsDir() || running[ids.ModuleID(f.Name())] {
			continue
		}
		if err := readModule(ctx, filepath.Join(root, f.Name()), f.Name(), check); err != nil {
			check.find("doctor.store", f.Name(), err.Error())
		}
	}
	return nil
}

func readModule(ctx context.Context, folder, name string, check *Check) error {
	engine, err := bolt.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(readEngine(ctx, engine, name, check), engine.Close())
}

func readEngine(ctx context.Context, engine store.Engine, name string, check *Check) error {
	spaces, err := engine.Spaces(ctx)
	if err != nil {
		return err
	}
	for _, school := range spaces {
		check.Examined++
		space, err := engine.Open(ctx, school)
		if err == nil {
			err = space.View(ctx, func(tx store.Tx) error {
				for _, err := range tx.Scan(nil, nil, false) {
					if err != nil {
						return err
					}
				}
				return nil
			})
		}
		if err != nil {
			check.find("doctor.store", fmt.Sprintf("%s/%s", name, school), err.Error())
		}
	}
	return nil
}

// lookAtSchools remarks on codes whose check letter is wrong.
func lookAtSchools(ctx context.Context, c *core.Core, check *Check) error {
	schools, err := c.Identity.Schools(ctx)
	for _, s := range schools {
		check.Examined++
		if _, _, right := ids.ParseUAI(string(s.ID)); !right {
			check.odd("doctor.letter", string(s.ID), "")
		}
	}
	return err
}

// lookAtAccounts finds accounts that no school knows.
func lookAtAccounts(ctx context.Context, c *core.Core, check *Check) error {
	logins, all, err := c.Identity.Orphans(ctx)
	check.Examined = all
	for _, login := range logins {
		check.find("doctor.account", login, "")
	}
	return err
}

// lookAtModules finds folders that are no module, modules that a school
// enabled and that are gone, and modules that do not serve while others do.
func lookAtModules(ctx context.Context, c *core.Core, check *Check) error {
	for _, r := range c.Host.Refused() {
		if r.Module != "" {
			check.find("doctor.package", string(r.Module), r.Err.Error())
			continue
		}
		check.find("doctor.folder", r.Folder, r.Err.Error())
	}
	lookAtRecords(c.Host, check)
	states := c.Host.Modules()
	check.Examined = len(states)
	serves := slices.ContainsFunc(states, func(s host.Status) bool { return s.State == supervise.Serving })
	for _, s := range states {
		if serves && s.State != supervise.Serving {
			check.find("doctor.state", string(s.ID), fmt.Sprintf("%s: %s", s.State, s.LastError))
		}
	}
	schools, err := c.Identity.Schools(ctx)
	for _, s := range schools {
		for _, m := range c.Host.Missing(s.ID) {
			check.find("doctor.missing", fmt.Sprintf("%s/%s", s.ID, m), "")
		}
	}
	return err
}

// lookAtRecords finds decisions about modules that cannot be read. One of a module
// that is not installed keeps nobody from anything.
func lookAtRecords(h *host.Host, check *Check) {
	for _, d := range h.Damaged() {
		say := check.find
		if _, err := h.Manifest(d.Module); err != nil {
			say = check.odd
		}
		say("doctor.damaged."+d.Record, aboutOf(d), d.Err.Error())
	}
}
