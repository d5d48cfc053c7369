// Command bench prints one table of Préau's figures, as ratios to baselines
// taken in the same run, and fails when a budget is not kept.
package main

import (
	"fmt"
	"os"
)

func main() {
	dir, err := os.MkdirTemp("", "preau-bench")
	check(err)
	defer os.RemoveAll(dir)
	t := &table{}
	r := open(dir, 8)
	lane(t, r)
	homePage(t, r)
	permission(t, r)
	r.stop()
	storage(t, dir)
	product(t, dir)
	if !t.print() {
		os.RemoveAll(dir)
		os.Exit(1)
	}
}

func check(err error) {
	if err != nil {
		stop(err)
	}
}

func stop(err error) {
	fmt.Fprintln(os.Stderr, "bench:", err)
	os.Exit(1)
}
