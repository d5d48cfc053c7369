package host

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"google.golang.org/grpc"

	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/sdk/errors"
)

// rehearse runs the new version for a moment, with a folder, a core and a school
// that exist for this only: it must say who it is, activate, and answer its
// first page and each of its widgets, even if only that there is nothing.
func (r *renewal) rehearse(ctx context.Context) error {
	r.plan.Tell(Step{Name: StepRehearse})
	h, e := r.host, r.next.entry
	run, end, err := h.sockets()
	if err != nil {
		return err
	}
	defer end()
	dir, err := os.MkdirTemp(run, "rehearsal-")
	if err != nil {
		return errors.Wrap(err, errors.Unavailable, "host.nofolder")
	}
	defer os.RemoveAll(dir)
	s, err := newStage(ctx, dir, e)
	if err != nil {
		return err
	}
	defer s.close()
	cfg := r.next.config()
	cfg.Data, cfg.Run, cfg.Egress = filepath.Join(dir, "data"), run, nil
	cfg.Services = func() *grpc.Server { return s.core.Server(e.manifest, e.may) }
	p, err := process.Start(ctx, cfg)
	if err != nil {
		return err
	}
	defer p.Kill()
	if err := within(ctx, h.cfg.Pace.Answer, p.Ping); err != nil {
		return err
	}
	if err := within(ctx, h.cfg.Pace.Page, func(ctx context.Context) error { return s.page(ctx, p) }); err != nil {
		return fmt.Errorf("its first page: %w", err)
	}
	for _, w := range e.manifest.Widgets {
		if err := within(ctx, h.cfg.Pace.Page, func(ctx context.Context) error { return s.widget(ctx, p, w) }); err != nil {
			return fmt.Errorf("its widget %s: %w", w.ID, err)
		}
	}
	drain, cancel := context.WithTimeout(ctx, h.cfg.Pace.Drain)
	defer cancel()
	p.Stop(drain)
	return nil
}

// sockets is the folder for sockets, also of a host that does not run.
func (h *Host) sockets() (run string, end func(), err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.running {
		return h.run, func() {}, nil
	}
	run, err = os.MkdirTemp("/tmp", "preau-")
	if err != nil {
		return "", nil, errors.Wrap(err, errors.Unavailable, "host.nofolder")
	}
	return run, func() { os.RemoveAll(run) }, nil
}

// within does one thing in its time. What is done after it counts as not done: a
// module sees the same deadline as the core, and may answer in the very moment
// at which it should have been given up.
func within(ctx context.Context, limit time.Duration, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	err := do(ctx)
	if err == nil && !time.Now().Before(deadline(ctx)) {
		return errors.New(errors.Timeout, "host.late")
	}
	return err
}
