package host

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/upgrade"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/wire"
)

// migrating is how many schools of a module are migrated at the same time.
const migrating = 4

// transfer gives a module's data to a process that may write it in another
// schema. Nobody else has the data meanwhile.
type transfer struct {
	cfg     process.Config
	process *process.Process // prepared
	want    int              // the schema it writes
	attempt upgrade.Attempt
	schools []ids.SchoolID // migrated
	tell    func(Step)
}

// transfer is the one of an upgrade.
func (r *renewal) transfer(run string) *transfer {
	t := &transfer{cfg: r.next.config(), want: r.next.entry.schema(), tell: r.plan.Tell, attempt: upgrade.Attempt{
		ID: r.report.Module, From: r.report.From, To: r.report.To, At: time.Now(), Previous: r.old.entry.folder}}
	t.cfg.Run = run
	return t
}

// takeOver copies the data when it will be migrated, activates the process and
// has it migrate every school. The attempt is in the journal; the copies are
// noted there before the process gets to see anything.
func (h *Host) takeOver(ctx context.Context, t *transfer) error {
	known, err := h.journal().Known(ctx, t.attempt.ID)
	if err != nil {
		return err
	}
	migrate := known.Schema < t.want && t.want > 1 && h.hasData(t.attempt.ID) // data of schema 1 came from nothing
	if migrate {
		t.tell(Step{Name: StepCopy})
		name := filepath.Join(string(t.attempt.ID), t.attempt.From+"-"+t.attempt.To)
		if err := upgrade.Backup(ctx, t.cfg.Data, filepath.Join(h.backups(), name)); err != nil {
			return errors.Join(err, os.RemoveAll(filepath.Join(h.backups(), name)))
		}
		t.attempt.Backup = name
		if err := h.journal().Begin(ctx, t.attempt); err != nil {
			return err
		}
	}
	t.tell(Step{Name: StepActivate})
	if err := t.process.Activate(ctx, t.cfg); err != nil {
		return err
	}
	if migrate {
		if err := h.migrate(ctx, t); err != nil {
			return err
		}
	}
	return within(ctx, h.cfg.Pace.Answer, t.process.Ping)
}

// migrate brings every school's data to the schema of the process, a few at a
// time; the first that fails ends it.
func (h *Host) migrate(ctx context.Context, t *transfer) error {
	schools, err := h.holding(ctx, t.attempt.ID)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	t.tell(Step{Name: StepMigrate, Total: len(schools)})
	some, ctx := errgroup.WithContext(ctx)
	some.SetLimit(migrating)
	for _, school := range schools {
		some.Go(func() error {
			err := within(ctx, h.cfg.Pace.Migrate, func(ctx context.Context) error {
				out, err := t.process.Module.Migrate(ctx, &wire.MigrateRequest{School: string(school)})
				if err == nil && int(out.GetTo()) != t.want {
					return errors.New(errors.Unavailable, "host.otherschema", "schema", int(out.GetTo()), "want", t.want)
				}
				return understand(ctx, err)
			})
			if err != nil {
				return errors.Wrap(err, errors.Unavailable, "host.upgrade.migration", "school", string(school))
			}
			mu.Lock()
			defer mu.Unlock()
			t.schools = append(t.schools, school)
			t.tell(Step{Name: StepMigrate, Done: len(t.schools), Total: len(schools)})
			return nil
		})
	}
	err = some.Wait()
	slices.Sort(t.schools)
	return err
}

// giveBack undoes what takeOver did; the process is gone. Should the copies not
// come back, the attempt stays in the journal, the module does not start and
// every start tries again.
func (h *Host) giveBack(t *transfer, why error) error {
	ctx, id := context.Background(), t.attempt.ID
	if t.attempt.Backup != "" {
		if err := upgrade.Restore(ctx, filepath.Join(h.backups(), t.attempt.Backup), t.cfg.Data); err != nil {
			return errors.Wrap(err, errors.Unavailable, "host.upgrade.stuck", "module", string(id))
		}
	}
	last := &upgrade.Outcome{From: t.attempt.From, To: t.attempt.To, At: time.Now(), Reason: why.Error()}
	if err := h.journal().End(ctx, id, 0, last, nil); err != nil {
		return errors.Wrap(err, errors.Unavailable, "host.upgrade.stuck", "module", string(id))
	}
	if t.attempt.Backup != "" {
		_ = os.RemoveAll(filepath.Join(h.backups(), t.attempt.Backup)) // the data is what they are
	}
	return nil
}

// backups is the folder of the copies: beside the data of all modules, where
// none of them sees it.
func (h *Host) backups() string { return filepath.Join(filepath.Dir(h.cfg.Data), "backups", "modules") }

// hasData reports whether the module ever kept anything.
func (h *Host) hasData(id ids.ModuleID) bool {
	list, _ := os.ReadDir(filepath.Join(h.cfg.Data, string(id)))
	return slices.ContainsFunc(list, func(e os.DirEntry) bool { return e.Name() != upgrade.Scratch })
}

// holding lists the schools that may have data of the module: those that ever
// decided something about it, and those it keeps a store for.
func (h *Host) holding(ctx context.Context, id ids.ModuleID) ([]ids.SchoolID, error) {
	all, err := h.cfg.Engine.Spaces(ctx)
	if err != nil {
		return nil, err
	}
	var list []ids.SchoolID
	for _, school := range all {
		space, err := h.cfg.Engine.Open(ctx, school)
		if err != nil {
			return nil, err
		}
		err = space.View(ctx, func(tx store.Tx) error {
			_, err := choices.Get(tx, string(id))
			if err == nil || errors.Is(err, store.ErrDamaged) {
				list, err = append(list, school), nil
			}
			if errors.KindOf(err) == errors.NotFound {
				return nil
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	files, _ := os.ReadDir(filepath.Join(h.cfg.Data, string(id)))
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name(), ".db"); ok && f.Type().IsRegular() {
			list = append(list, ids.SchoolID(name))
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}
