package core

import (
	"context"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
)

// daily does what has to be done every day: at start, and then as long as ctx
// lasts. What fails is logged: the next day does as much.
func (c *Core) daily(ctx context.Context) {
	tick := time.NewTicker(24 * time.Hour)
	defer tick.Stop()
	for {
		if err := c.today(ctx); err != nil && ctx.Err() == nil {
			c.Config.Log.Error("daily work", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// today copies the heads of the schools' journals into the journal of no school,
// and forgets people's data that are kept for a time which is over.
func (c *Core) today(ctx context.Context) error {
	return errors.Join(c.Audit.Checkpoint(ctx), c.Identity.Prune(ctx))
}
