package main

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// rounds is how often a figure and its baseline are taken, in turn, so that a
// busy moment of the machine touches both.
const rounds = 5

// versus measures two things in turn and returns the median rate of each.
func versus(baseline, measured func() float64) (base, got float64) {
	var b, m []float64
	for range rounds {
		b = append(b, baseline())
		m = append(m, measured())
	}
	return median(b), median(m)
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}

// pace is how fast something went: calls per second, and the median time of one
// in microseconds.
type pace struct{ rate, p50 float64 }

// rate runs f from this many goroutines for the span and returns calls per
// second; the first error ends it.
func rate(conns int, span time.Duration, f func() error) float64 { return paced(conns, span, f).rate }

// paced is rate with the median.
func paced(conns int, span time.Duration, f func() error) pace {
	var failed atomic.Pointer[error]
	var mu sync.Mutex
	var all []float64
	var wg sync.WaitGroup
	start := time.Now()
	for range conns {
		wg.Go(func() {
			var mine []float64
			for before := start; before.Sub(start) < span && failed.Load() == nil; {
				if err := f(); err != nil {
					failed.Store(&err)
					return
				}
				now := time.Now()
				mine = append(mine, micros(now.Sub(before)))
				before = now
			}
			mu.Lock()
			all = append(all, mine...)
			mu.Unlock()
		})
	}
	wg.Wait()
	took := time.Since(start).Seconds()
	if err := failed.Load(); err != nil {
		stop(*err)
	}
	return pace{float64(len(all)) / took, quantile(all, 0.5)}
}

// inTurn is versus for paces.
func inTurn(baseline, measured func() pace) (base, got pace) {
	var b, m [2][]float64
	for range rounds {
		x, y := baseline(), measured()
		b[0], b[1] = append(b[0], x.rate), append(b[1], x.p50)
		m[0], m[1] = append(m[0], y.rate), append(m[1], y.p50)
	}
	return pace{median(b[0]), median(b[1])}, pace{median(m[0]), median(m[1])}
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

// quantile sorts v and returns the value below which this part of it lies.
func quantile(v []float64, part float64) float64 {
	if len(v) == 0 {
		stop(errors.New("nothing was measured"))
	}
	slices.Sort(v)
	return v[min(len(v)-1, int(float64(len(v))*part))]
}

// each returns how long one call of f takes in nanoseconds, over n calls.
func each(n int, f func(i int)) float64 {
	start := time.Now()
	for i := range n {
		f(i)
	}
	return float64(time.Since(start).Nanoseconds()) / float64(n)
}
