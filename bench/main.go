// Command bench prints one table of Préau's figures, as ratios to baselines
// taken in the same run, and fails when a budget is not kept. Names of parts as
// arguments run only those.
package main

import (
	"fmt"
	"os"
	"slices"
)

// parts are what is measured, in this order; those of a school share one that
// is served all the time.
var parts = []struct {
	name   string
	school func(t *table, r *running, dir string) // nil: needs none
	alone  func(t *table, dir string)
}{
	{name: "lane", school: lane},
	{name: "confined", school: confined},
	{name: "home", school: homePage},
	{name: "permission", school: permission},
	{name: "upgrades", school: upgrades},
	{name: "starts", school: starts},
	{name: "neighbours", alone: neighbours},
	{name: "storage", alone: storage},
	{name: "hung", alone: hung},
	{name: "streams", alone: idle},
	{name: "vitals", alone: vitals},
	{name: "search", alone: finding},
	{name: "product", alone: product},
}

func main() {
	if dir := os.Getenv(streamsChild); dir != "" {
		serveStreams(dir)
		return
	}
	dir, err := os.MkdirTemp("", "preau-bench")
	check(err)
	defer os.RemoveAll(dir)
	t := &table{}
	var r *running
	for _, p := range parts {
		if len(os.Args) > 1 && !slices.Contains(os.Args[1:], p.name) {
			continue
		}
		fmt.Fprintln(os.Stderr, "bench:", p.name)
		if p.alone != nil {
			if r != nil {
				r.stop()
				r = nil
			}
			p.alone(t, dir)
			continue
		}
		if r == nil {
			r = open(dir, 8, "")
		}
		p.school(t, r, dir)
	}
	if r != nil {
		r.stop()
	}
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
