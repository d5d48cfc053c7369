package bolt

import (
	"context"
	"fmt"
	"sync"

	"go.etcd.io/bbolt"

	"github.com/preau-ent/preau/sdk/errors"
)

// groupSize bounds how many Updates wait for one commit, so that the first of a
// long queue is answered.
const groupSize = 128

// turns hands the one bbolt write transaction of a file from Update to Update.
// Who has the turn runs its function on the group's transaction. Then, if others
// wait, it gives the turn away and waits for the outcome; the last in line, or
// the one that fills the group, commits for all.
type turns struct {
	mu    sync.Mutex
	taken bool
	queue []chan struct{} // those waiting, closed when their turn comes
	group *group          // of the current turn; nil: the next one begins it
}

// group is one bbolt transaction and the Updates that it commits.
type group struct {
	tx      *bbolt.Tx
	size    int
	touched bool // something was written, perhaps undone since
	dirty   bool // something is to be committed
	broken  bool // a member could not be undone: nothing may be committed
	done    chan struct{}
	err     error // read after done
}

// take waits for the turn and returns the group to work in.
func (t *turns) take(ctx context.Context, db *bbolt.DB) (*group, error) {
	t.mu.Lock()
	if t.taken {
		turn := make(chan struct{})
		t.queue = append(t.queue, turn)
		t.mu.Unlock()
		select {
		case <-turn:
		case <-ctx.Done():
			if t.leave(turn) {
				return nil, ctx.Err()
			}
			<-turn // it came at the same moment: use it to pass it on
		}
	} else {
		t.taken = true
		t.mu.Unlock()
	}
	if t.group == nil { // only the holder of the turn touches it
		tx, err := db.Begin(true)
		if err != nil {
			t.free()
			return nil, err
		}
		t.group = &group{tx: tx, done: make(chan struct{})}
	}
	t.group.size++
	return t.group, nil
}

// leave takes a waiting one out of the queue; false when its turn has come.
func (t *turns) leave(turn chan struct{}) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, waiting := range t.queue {
		if waiting == turn {
			t.queue = append(t.queue[:i], t.queue[i+1:]...)
			return true
		}
	}
	return false
}

// finish ends a member's turn and returns the outcome of the group's commit. The
// turn is given away before the commit when somebody waits and may still join.
func (t *turns) finish(g *group) error {
	if g.size < groupSize && !g.broken && t.pass() {
		<-g.done
		return g.err
	}
	t.group = nil
	defer t.free()
	g.commit()
	return g.err
}

// pass gives the turn to the next in line, if there is one.
func (t *turns) pass() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.next()
}

// free gives the turn to the next in line or to whoever comes.
func (t *turns) free() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.next() {
		t.taken = false
	}
}

func (t *turns) next() bool {
	if len(t.queue) == 0 {
		return false
	}
	close(t.queue[0])
	t.queue = t.queue[1:]
	return true
}

// written reports whether the transaction has been written to; in a View (nil),
// never.
func (g *group) written() bool { return g != nil && g.touched }

// commit makes the group durable and tells its members. A panic out of bbolt (a
// damaged file) is the committing one's to bear; the others get an error.
func (g *group) commit() {
	g.err = errors.Internal(fmt.Errorf("bolt: the commit was given up"))
	defer close(g.done)
	defer g.tx.Rollback() // does nothing after a commit
	switch {
	case g.broken:
	case g.dirty:
		if g.err = g.tx.Commit(); g.err != nil {
			g.err = errors.Internal(fmt.Errorf("bolt: commit: %w", g.err))
		}
	default:
		g.err = nil
	}
}
