package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"time"
)

// measure calls from this many goroutines for the span.
func measure(conns int, span time.Duration, c *caller) (rate, p50 float64, err error) {
	var (
		mu    sync.Mutex
		all   []time.Duration
		first error
		wg    sync.WaitGroup
	)
	start := time.Now()
	for range conns {
		wg.Go(func() {
			var mine []time.Duration
			for time.Since(start) < span {
				began := time.Now()
				size, err := c.call(context.Background())
				if err == nil && size != c.size {
					err = fmt.Errorf("%d bytes, not %d", size, c.size)
				}
				if err != nil {
					mu.Lock()
					first = errors.Join(first, err)
					mu.Unlock()
					return
				}
				mine = append(mine, time.Since(began))
			}
			mu.Lock()
			all = append(all, mine...)
			mu.Unlock()
		})
	}
	wg.Wait()
	if first != nil || len(all) == 0 {
		return 0, 0, fmt.Errorf("%d calls: %w", len(all), first)
	}
	took := time.Since(start).Seconds()
	slices.Sort(all)
	return float64(len(all)) / took, float64(all[len(all)/2].Nanoseconds()) / 1000, nil
}

// end is nil for the end of a stream.
func end(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func check(err error) {
	if err != nil {
		stop(err)
	}
}

func stop(err error) {
	fmt.Fprintln(os.Stderr, "bench/grafana:", err)
	os.Exit(1)
}
