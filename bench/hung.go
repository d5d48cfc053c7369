package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"time"
)

// hungVisits is how often the page is asked for.
const hungVisits = 120

// hung measures the home page while one of its nine widgets never answers and
// nothing is cached: the first visits wait for it as long as a page may, until
// the module has no place left for one more call and is asked no longer.
func hung(t *table, dir string) {
	dir = filepath.Join(dir, "hung")
	modules := filepath.Join(dir, "modules")
	copyHostile(filepath.Join(modules, string(hostile)))
	r := open(dir, 8, "")
	defer r.stop()
	expert(r)
	r.place("hostile.hang")
	var times []float64
	for range hungVisits {
		r.core.Home.Changed(uai)
		before := time.Now()
		page := get(r.url+"/", r.cookie)
		times = append(times, float64(time.Since(before).Microseconds())/1000)
		if n := bytes.Count(page, []byte(`data-state="ok"`)); n < 8 {
			stop(fmt.Errorf("%d of the 8 other widgets are there:\n%s", n, page))
		}
		if !bytes.Contains(page, []byte(`data-widget="hostile.hang"`)) {
			stop(fmt.Errorf("the hung widget is not on the page"))
		}
	}
	t.told("home, one module hung: the slowest visit", slices.Max(times), " ms")
	t.most("home, 8 widgets there and one module hung, p95", quantile(times, 0.95), " ms", 170)
}
