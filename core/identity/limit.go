package identity

import (
	"math"
	"sync"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/preau-ent/preau/sdk/errors"
)

// rate is how many failures are let through: burst at once, then one more
// every refill.
type rate struct {
	burst  float64
	refill time.Duration
}

// The rates. A school of a thousand pupils comes from one address at eight
// o'clock, so an address pays only for failures, and may have many; one login
// tried from one address has few; one login from everywhere has some more, so
// that nobody can lock a teacher out by guessing from home.
var (
	ratePair    = rate{8, 45 * time.Second}
	rateLogin   = rate{60, 30 * time.Second}
	rateAddress = rate{200, 500 * time.Millisecond}
)

// limits holds the buckets of those who failed lately; its memory is bounded.
type limits struct {
	now     func() time.Time
	buckets *otter.Cache[string, *bucket]
}

// keptBuckets bounds the memory; the least used bucket goes first.
const keptBuckets = 200_000

func newLimits(now func() time.Time) (*limits, error) {
	buckets, err := otter.New(&otter.Options[string, *bucket]{MaximumSize: keptBuckets})
	return &limits{now, buckets}, err
}

func (l *limits) close() { l.buckets.StopAllGoroutines() }

// bucket counts the attempts that may still fail.
type bucket struct {
	mu     sync.Mutex
	left   float64
	at     time.Time
	closed bool // the last take found nothing
}

// take spends one attempt; wait is how long there will be none, 0 when there
// was one; first is true when the attempt before was let through.
func (b *bucket) take(r rate, now time.Time) (wait time.Duration, first bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if since := now.Sub(b.at); since > 0 {
		b.left = math.Min(r.burst, b.left+float64(since)/float64(r.refill))
		b.at = now
	}
	if b.left < 1 {
		first, b.closed = !b.closed, true
		return time.Duration((1 - b.left) * float64(r.refill)), first
	}
	b.left--
	b.closed = false
	return 0, false
}

func (b *bucket) giveBack() {
	b.mu.Lock()
	b.left++
	b.mu.Unlock()
}

// attempt is one try to sign in, paid in advance: tries that run at the same
// time all count.
type attempt struct {
	limits *limits
	paid   []*bucket
	pair   string
}

// begin pays for a try; TooMany when one of its rates is used up, with first
// true on the first such answer since one was let through.
func (l *limits) begin(login, address string) (a *attempt, first bool, err error) {
	login = Fold(login)
	if len(login) > maxLogin {
		login = login[:maxLogin]
	}
	a = &attempt{limits: l, pair: "p " + login + " " + address}
	for _, k := range []struct {
		key string
		rate
	}{{a.pair, ratePair}, {"l " + login, rateLogin}, {"a " + address, rateAddress}} {
		if k.key == "a " {
			continue // no address: a call from inside
		}
		now := l.now()
		b, _ := l.buckets.ComputeIfAbsent(k.key, func() (*bucket, bool) {
			return &bucket{left: k.burst, at: now}, false
		})
		if wait, first := b.take(k.rate, now); wait > 0 {
			a.refund()
			minutes := int(math.Ceil(wait.Minutes()))
			return nil, first, errors.New(errors.TooMany, "identity.signin.toomany", "n", max(1, minutes))
		}
		a.paid = append(a.paid, b)
	}
	return a, false, nil
}

// spend pays for one of something that costs whether it succeeds or not; TooMany,
// with the words of a key (n: minutes to wait), when the rate is used up.
func (l *limits) spend(key string, r rate, words string) error {
	now := l.now()
	b, _ := l.buckets.ComputeIfAbsent(key, func() (*bucket, bool) { return &bucket{left: r.burst, at: now}, false })
	if wait, _ := b.take(r, now); wait > 0 {
		return errors.New(errors.TooMany, words, "n", max(1, int(math.Ceil(wait.Minutes()))))
	}
	return nil
}

// refund gives the try back: it was no failure.
func (a *attempt) refund() {
	for _, b := range a.paid {
		b.giveBack()
	}
	a.paid = nil
}

// succeeded gives the try back and forgets the failures of this login from
// this address.
func (a *attempt) succeeded() {
	a.refund()
	a.limits.buckets.Invalidate(a.pair)
}
