package core

import (
	"context"
	"time"
)

// betweenCheckpoints is how often the heads of the schools' journals are copied
// into the journal of no school.
const betweenCheckpoints = 24 * time.Hour

// checkpoints copies them at start and then every day until ctx ends. One that
// fails is logged: the next one says as much.
func (c *Core) checkpoints(ctx context.Context) {
	tick := time.NewTicker(betweenCheckpoints)
	defer tick.Stop()
	for {
		if err := c.Audit.Checkpoint(ctx); err != nil && ctx.Err() == nil {
			c.Config.Log.Error("journal checkpoint", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
