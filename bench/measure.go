package main

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// rounds is how often a figure and its baseline are taken, in turn, so that a
// busy moment of the machine touches both.
const rounds = 3

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

// rate runs f from this many goroutines for the span and returns calls per
// second; the first error ends it.
func rate(conns int, span time.Duration, f func() error) float64 {
	var done atomic.Int64
	var failed atomic.Pointer[error]
	var wg sync.WaitGroup
	start := time.Now()
	for range conns {
		wg.Go(func() {
			for time.Since(start) < span && failed.Load() == nil {
				if err := f(); err != nil {
					failed.Store(&err)
					return
				}
				done.Add(1)
			}
		})
	}
	wg.Wait()
	if err := failed.Load(); err != nil {
		stop(*err)
	}
	return float64(done.Load()) / time.Since(start).Seconds()
}

// each returns how long one call of f takes in nanoseconds, over n calls.
func each(n int, f func(i int)) float64 {
	start := time.Now()
	for i := range n {
		f(i)
	}
	return float64(time.Since(start).Nanoseconds()) / float64(n)
}
