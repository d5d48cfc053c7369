package live

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// Pace holds times and bounds; a zero field means the default in brackets.
type Pace struct {
	Gather time.Duration // changes are gathered this long [150 ms]
	Look   time.Duration // sessions are looked at this often [1 s]
	Beat   time.Duration // something is written at least this often [25 s]
	Age    time.Duration // a stream ends after this and is taken up again [30 min]
	Write  time.Duration // one message may take this long to leave [2 s]
	Each   int           // streams of one person [6]
	All    int           // streams of everybody [16,000]
}

func (p Pace) withDefaults() Pace {
	for _, d := range []struct {
		at    *time.Duration
		usual time.Duration
	}{{&p.Gather, 150 * time.Millisecond}, {&p.Look, time.Second}, {&p.Beat, 25 * time.Second}, {&p.Age, 30 * time.Minute}, {&p.Write, 2 * time.Second}} {
		if *d.at == 0 {
			*d.at = d.usual
		}
	}
	if p.Each == 0 {
		p.Each = 6
	}
	if p.All == 0 {
		p.All = 16_000
	}
	return p
}

// Hub holds the open streams. Make one with [New], Close it.
type Hub struct {
	source Source
	pace   Pace
	log    *slog.Logger

	mu      sync.Mutex
	streams map[*stream]struct{}
	schools map[ids.SchoolID]map[*stream]struct{}
	people  map[ids.PersonID]int // places taken
	taken   int                  // places of everybody
	waiting []*stream            // with something to say
	rung    chan struct{}        // waiting is not empty

	ctx     context.Context
	stop    context.CancelFunc
	running sync.WaitGroup
}

// New returns a hub without streams; log may be nil.
func New(source Source, pace Pace, log *slog.Logger) *Hub {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	h := &Hub{source: source, pace: pace.withDefaults(), log: log, streams: map[*stream]struct{}{},
		schools: map[ids.SchoolID]map[*stream]struct{}{}, people: map[ids.PersonID]int{}, rung: make(chan struct{}, 1)}
	h.ctx, h.stop = context.WithCancel(context.Background())
	h.running.Go(h.tellWaiting)
	h.running.Go(h.lookAtAll)
	return h
}

// Close ends every stream and waits until all are gone.
func (h *Hub) Close() {
	h.mu.Lock()
	h.stop()
	for st := range h.streams {
		st.conn.Close()
	}
	h.mu.Unlock()
	h.running.Wait()
}

// Tell has the streams that a change touches told what is new. It returns at
// once.
func (h *Hub) Tell(c Change) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for st := range h.schools[c.School] {
		if c.concerns(st.session) {
			st.dirty = true
			h.queue(st)
		}
	}
}

// Count returns how many streams are open.
func (h *Hub) Count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.streams)
}

// queue puts a stream among those with something to say; h.mu is held.
func (h *Hub) queue(st *stream) {
	if st.queued {
		return
	}
	st.queued = true
	h.waiting = append(h.waiting, st)
	select {
	case h.rung <- struct{}{}:
	default:
	}
}

// Reserve takes a place for a stream of this session; false when the person, or
// everybody, has enough.
func (h *Hub) Reserve(s *identity.Session) (*Place, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ctx.Err() != nil || h.people[s.Person] >= h.pace.Each || h.taken >= h.pace.All {
		return nil, false
	}
	h.people[s.Person]++
	h.taken++
	return &Place{hub: h, session: s}, true
}
