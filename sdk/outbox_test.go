package sdk

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"google.golang.org/grpc"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/wire"
)

// post is a core that takes events, or refuses them.
type post struct {
	mu     sync.Mutex
	refuse func(*wire.PublishRequest) error
	got    []string // school:payload
	more   chan struct{}
}

func newPost() *post { return &post{more: make(chan struct{}, 10000)} }

func (p *post) Publish(_ context.Context, in *wire.PublishRequest, _ ...grpc.CallOption) (*wire.PublishResponse, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.more <- struct{}{}
	if p.refuse != nil {
		if err := p.refuse(in); err != nil {
			return nil, errors.ToStatus(err)
		}
	}
	p.got = append(p.got, in.GetSchool()+":"+string(in.GetPayload()))
	return &wire.PublishResponse{}, nil
}

func (p *post) answer(refuse func(*wire.PublishRequest) error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = refuse
}

func (p *post) all() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.got)
}

// tries waits until the core was asked n times more.
func (p *post) tries(t *testing.T, n int) {
	t.Helper()
	for range n {
		select {
		case <-p.more:
		case <-time.After(10 * time.Second):
			t.Fatalf("not asked; got %v", p.all())
		}
	}
}

func engine(t *testing.T, dir string) *bolt.Engine {
	t.Helper()
	e, err := bolt.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func emit(t *testing.T, o *outbox, e store.Engine, school ids.SchoolID, payload any) {
	t.Helper()
	inner, err := e.Open(context.Background(), school)
	if err != nil {
		t.Fatal(err)
	}
	err = space{inner, o}.Update(context.Background(), func(tx store.Tx) error { return tx.Emit("a.b", payload) })
	if err != nil {
		t.Fatal(err)
	}
}

func stop(o *outbox, within time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	o.stop(ctx)
}

func TestOutboxDeliversInOrder(t *testing.T) {
	defer goleak.VerifyNone(t)
	e, p := engine(t, t.TempDir()), newPost()
	o := newOutbox(p, slog.New(slog.DiscardHandler))
	var want []string
	for i := range 200 {
		emit(t, o, e, "0750655E", i)
		want = append(want, fmt.Sprintf("0750655E:%d", i))
	}
	stop(o, 10*time.Second) // flushes
	if got := p.all(); !slices.Equal(got, want) {
		t.Errorf("%d events, want %d in order: %v", len(got), len(want), got)
	}
	if err := e.Close(); err != nil {
		t.Error(err)
	}
}

func TestOutboxRetriesWithoutHoldingUpOthers(t *testing.T) {
	defer goleak.VerifyNone(t)
	e, p := engine(t, t.TempDir()), newPost()
	defer e.Close()
	o := newOutbox(p, slog.New(slog.DiscardHandler))
	p.answer(func(in *wire.PublishRequest) error {
		if in.GetSchool() == "0750655E" {
			return errors.New(errors.Unavailable, "")
		}
		return nil
	})
	emit(t, o, e, "0750655E", 1)
	emit(t, o, e, "0750655E", 2)
	p.tries(t, 1)
	emit(t, o, e, "0690001A", 3)
	for len(p.all()) == 0 {
		p.tries(t, 1)
	}
	p.answer(nil)
	for len(p.all()) < 3 {
		p.tries(t, 1)
	}
	stop(o, 10*time.Second)
	if got := p.all(); !slices.Equal(got, []string{"0690001A:3", "0750655E:1", "0750655E:2"}) {
		t.Errorf("delivered %v", got)
	}
}

// TestOutboxSurvives the process: what the core refused before Drain arrives
// after the next Activate.
func TestOutboxSurvives(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir := t.TempDir()
	e, p := engine(t, dir), newPost()
	o := newOutbox(p, slog.New(slog.DiscardHandler))
	p.answer(func(*wire.PublishRequest) error { return errors.New(errors.Unavailable, "") })
	emit(t, o, e, "0750655E", "avant")
	p.tries(t, 1)
	stop(o, 10*time.Second)
	if err := e.Close(); err != nil || len(p.all()) != 0 {
		t.Fatalf("%v, delivered %v", err, p.all())
	}
	p.answer(nil)
	e = engine(t, dir)
	defer e.Close()
	o = newOutbox(p, slog.New(slog.DiscardHandler))
	o.resume(e)
	for len(p.all()) < 1 {
		p.tries(t, 1)
	}
	stop(o, 10*time.Second)
	if got := p.all(); !slices.Equal(got, []string{`0750655E:"avant"`}) {
		t.Errorf("delivered %v", got)
	}
}

// TestOutboxDropsWhatCanNeverGo so that it does not block what follows.
func TestOutboxDropsWhatCanNeverGo(t *testing.T) {
	defer goleak.VerifyNone(t)
	e, p := engine(t, t.TempDir()), newPost()
	defer e.Close()
	o := newOutbox(p, slog.New(slog.DiscardHandler))
	p.answer(func(in *wire.PublishRequest) error {
		if string(in.GetPayload()) == "1" {
			return errors.New(errors.Invalid, "")
		}
		return nil
	})
	emit(t, o, e, "0750655E", 1)
	emit(t, o, e, "0750655E", 2)
	stop(o, 10*time.Second)
	if got := p.all(); !slices.Equal(got, []string{"0750655E:2"}) {
		t.Errorf("delivered %v", got)
	}
}

// TestOutboxStopsInTime though the core hangs.
func TestOutboxStopsInTime(t *testing.T) {
	defer goleak.VerifyNone(t)
	e := engine(t, t.TempDir())
	defer e.Close()
	asked := make(chan struct{})
	o := newOutbox(hung{asked}, slog.New(slog.DiscardHandler))
	emit(t, o, e, "0750655E", 1)
	<-asked
	stop(o, time.Millisecond)
	inner, _ := e.Open(context.Background(), "0750655E")
	if left, err := inner.Pending(context.Background(), 0); err != nil || len(left) != 1 {
		t.Errorf("pending %v, %v: the event was never taken", left, err)
	}
}

// hung is a core that takes an event and says nothing.
type hung struct{ asked chan struct{} }

func (h hung) Publish(ctx context.Context, _ *wire.PublishRequest, _ ...grpc.CallOption) (*wire.PublishResponse, error) {
	select {
	case h.asked <- struct{}{}:
	case <-ctx.Done():
	}
	<-ctx.Done()
	return nil, ctx.Err()
}
