package core

import (
	"context"
	"net"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/preau-ent/preau/sdk/errors"
)

// closing is how long what is under way may take when the core stops.
const closing = 10 * time.Second

// Serve answers on Config.Listen until ctx ends or something fails, then stops
// everything in order and closes the core. Pages answer at once; modules start
// meanwhile, and /readyz says when all serve.
func (c *Core) Serve(ctx context.Context) error {
	listener, err := net.Listen("tcp", c.Config.Listen)
	if err != nil {
		return errors.Join(errors.Wrap(err, errors.Unavailable, "core.listen", "address", c.Config.Listen), c.Close())
	}
	metrics, err := c.listenMetrics()
	if err != nil {
		return errors.Join(err, listener.Close(), c.Close())
	}
	all, ctx := errgroup.WithContext(ctx)
	all.Go(func() error { return c.serveMetrics(ctx, metrics) })
	started := make(chan struct{})
	all.Go(func() error { return c.Web.Serve(listener) })
	all.Go(func() error {
		defer close(started)
		return c.startModules(ctx)
	})
	all.Go(func() error { c.daily(ctx); return nil })
	all.Go(func() error { c.Notify.Run(ctx); return nil })
	all.Go(func() error {
		<-ctx.Done()
		<-started
		return c.shutdown()
	})
	return errors.Join(all.Wait(), c.Close())
}

// startModules starts the processes, the delivery of events and the search. To
// be told to stop meanwhile is no failure: shutdown ends what has begun.
func (c *Core) startModules(ctx context.Context) error {
	for _, start := range []func(context.Context) error{
		c.Host.Start,
		func(ctx context.Context) error { return c.Events.Start(ctx, c.Host) },
		c.Search.Start,
	} {
		err := start(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// shutdown ends the pages first, so that nobody calls a module that drains,
// then events and modules.
func (c *Core) shutdown() error {
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	err := c.Web.Shutdown(ctx)
	c.Events.Stop()
	return errors.Join(err, c.Search.Close(), c.Host.Stop(ctx))
}
