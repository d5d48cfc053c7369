package control

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"time"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/sdk/errors"
)

// Conn does verbs, on the store or through the server.
type Conn interface {
	call(ctx context.Context, verb string, in json.RawMessage, tell Tell) (json.RawMessage, error)
	// Close lets go of the data folder or of the server.
	Close() error
}

// Options say where the data is.
type Options struct {
	Data     string
	Modules  []string      // folders of module folders; the server has its own
	Create   bool          // make the data folder when it is missing
	Log      *slog.Logger  // of the core when no server runs; nil: discarded
	Patience time.Duration // with another process that has the folder but does not answer; 0: 10 s
}

// Open returns a connection to the server of the data folder, or to the folder
// itself when no server runs. NotFound when there is no such folder; Conflict
// when another process keeps it and does not answer.
func Open(ctx context.Context, o Options) (Conn, error) {
	if err := o.folder(); err != nil {
		return nil, err
	}
	if o.Patience == 0 {
		o.Patience = 10 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, o.Patience)
	defer cancel()
	for {
		lock, err := TryLock(o.Data)
		if err == nil {
			return openLocal(context.WithoutCancel(ctx), lock, o)
		}
		if errors.KindOf(err) != errors.Conflict {
			return nil, err
		}
		// The server has the lock a moment before it listens, and a command has
		// it without ever listening: look again until one of them is done.
		if conn := dial(o.Data); conn != nil {
			return conn, nil
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(30 * time.Millisecond):
		}
	}
}

func (o Options) folder() error {
	if o.Create {
		if err := os.MkdirAll(o.Data, 0o700); err != nil {
			return errors.Wrap(err, errors.Unavailable, "control.folder", "folder", o.Data)
		}
		return nil
	}
	if info, err := os.Stat(o.Data); err != nil || !info.IsDir() {
		return errors.Wrap(err, errors.NotFound, "control.nofolder", "folder", o.Data)
	}
	return nil
}

// local does verbs on the store, with the folder locked.
type local struct {
	core *core.Core
	lock *Lock
}

func openLocal(ctx context.Context, lock *Lock, o Options) (Conn, error) {
	c, err := core.New(ctx, core.Config{Data: o.Data, Modules: o.Modules, Log: o.Log})
	if err != nil {
		return nil, errors.Join(err, lock.Release())
	}
	return &local{core: c, lock: lock}, nil
}

func (l *local) call(ctx context.Context, verb string, in json.RawMessage, tell Tell) (json.RawMessage, error) {
	return run(ctx, l.core, verb, in, tell)
}

func (l *local) Close() error { return errors.Join(l.core.Close(), l.lock.Release()) }
