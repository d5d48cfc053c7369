package sdk

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/wire"
)

const (
	outboxBatch   = 64               // events read and acknowledged at once
	publishWithin = 10 * time.Second // one event
	retryAtMost   = 30 * time.Second // between two tries
)

// space is a school's store that sends its events on as soon as they are
// committed.
type space struct {
	store.Space
	outbox *outbox
}

// Update implements store.Space.
func (s space) Update(ctx context.Context, fn func(store.Tx) error) error {
	err := s.Space.Update(ctx, fn)
	if err == nil {
		s.outbox.kick(s.Space)
	}
	return err
}

// outbox delivers each school's events in order and at least once. A school
// whose events the core refuses does not hold up the others; while nothing
// waits, nothing runs.
type outbox struct {
	core wire.EventsClient
	log  *slog.Logger

	ctx     context.Context // ends when Drain has no more time
	cancel  context.CancelFunc
	closing chan struct{} // closed when Drain begins: no more waiting between tries
	work    sync.WaitGroup

	mu   sync.Mutex
	busy map[ids.SchoolID]bool // a school being emptied; true: look once more
}

func newOutbox(core wire.EventsClient, log *slog.Logger) *outbox {
	o := &outbox{core: core, log: log, closing: make(chan struct{}), busy: map[ids.SchoolID]bool{}}
	o.ctx, o.cancel = context.WithCancel(context.Background())
	return o
}

// resume sends what an earlier process left behind.
func (o *outbox) resume(engine store.Engine) {
	o.work.Go(func() {
		schools, err := engine.Spaces(o.ctx)
		if err != nil {
			o.log.Error("listing schools to resume their events", "err", err)
		}
		for _, school := range schools {
			if o.isClosing() {
				return
			}
			s, err := engine.Open(o.ctx, school)
			if err != nil {
				o.log.Error("opening a school to resume its events", "school", string(school), "err", err)
				continue
			}
			o.kick(s)
		}
	})
}

// kick has the school's outbox emptied, now or as soon as it is being emptied.
func (o *outbox) kick(s store.Space) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.isClosing() {
		return // the events wait for the next process
	}
	if _, running := o.busy[s.School()]; running {
		o.busy[s.School()] = true
		return
	}
	o.busy[s.School()] = false
	o.work.Go(func() { o.empty(s) })
}

// empty works until the school's outbox is empty, or Drain begins and one last
// try failed.
func (o *outbox) empty(s store.Space) {
	pause := backoff.NewExponentialBackOff()
	pause.InitialInterval, pause.MaxInterval = 200*time.Millisecond, retryAtMost
	for {
		last := o.isClosing()
		err := o.flush(s)
		if err == nil {
			pause.Reset()
			if o.finished(s.School()) {
				return
			}
			continue
		}
		o.log.Warn("events wait", "school", string(s.School()), "err", err)
		if last {
			return
		}
		timer := time.NewTimer(pause.NextBackOff())
		select {
		case <-timer.C:
		case <-o.closing:
			timer.Stop()
		}
	}
}

// flush publishes all that is pending.
func (o *outbox) flush(s store.Space) error {
	for {
		pending, err := s.Pending(o.ctx, outboxBatch)
		if err != nil || len(pending) == 0 {
			return err
		}
		var done []string
		for _, e := range pending {
			if err = o.publish(s.School(), e); err != nil {
				break
			}
			done = append(done, e.ID)
		}
		if len(done) > 0 {
			if e := s.Delivered(o.ctx, done...); e != nil {
				return e
			}
		}
		if err != nil {
			return err
		}
	}
}

// publish hands one event to the core. One that the core calls invalid can
// never go and would block all that follow, so it is dropped and told.
func (o *outbox) publish(school ids.SchoolID, e store.Emitted) error {
	ctx, cancel := context.WithTimeout(o.ctx, publishWithin)
	defer cancel()
	_, err := o.core.Publish(ctx, &wire.PublishRequest{
		School: string(school), Id: e.ID, Name: e.Name, Payload: e.Payload, At: timestamppb.New(e.At), People: texts(e.People),
	})
	err = errors.FromStatus(err)
	if errors.KindOf(err) == errors.Invalid {
		o.log.Error("event dropped", "school", string(school), "event", e.Name, "id", e.ID, "err", err)
		return nil
	}
	return err
}

// finished reports that nothing was committed since the last look.
func (o *outbox) finished(school ids.SchoolID) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.busy[school] {
		o.busy[school] = false
		return false
	}
	delete(o.busy, school)
	return true
}

func (o *outbox) isClosing() bool {
	select {
	case <-o.closing:
		return true
	default:
		return false
	}
}

// stop waits for the work under way as long as ctx allows, then ends it.
func (o *outbox) stop(ctx context.Context) {
	o.mu.Lock()
	close(o.closing)
	o.mu.Unlock()
	done := make(chan struct{})
	go func() { o.work.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
	}
	o.cancel()
	<-done
}
