package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/valyala/fasthttp"

	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/ids"
)

const (
	hostile  ids.ModuleID = "hostile"
	settling              = time.Second / 2
	watching              = time.Second // in one round, once in peace and once not
	watches               = 40          // rounds, one soon after the other: a machine's own moods fall on both sides
	between               = 5 * time.Millisecond
)

// cases are what the hostile module does while its neighbours are watched, one
// after the other, again and again.
var cases = []string{
	"faute/spin", "faute/panic", "faute/panic-goroutine", "faute/hang", "faute/leak-goroutines", "faute/leak-memory", "faute/leak-descriptors",
	"faute/fork-bomb", "faute/disk-fill", "faute/log-flood", "faute/log-injection", "faute/storm", "faute/exit", "faute/grandchild",
	"reponse/huge-page", "reponse/million", "reponse/deep", "reponse/invalid", "reponse/double", "reponse/endless-head", "reponse/short",
	"reponse/markup", "attaque/exec", "attaque/odd-calls", "attaque/unshare", "attaque/odd-sockets",
}

// neighbours watches the home page and the page of other modules while the
// hostile module does its worst beside them, against the same in peace.
func neighbours(t *table, dir string) {
	dir = filepath.Join(dir, "hostile")
	copyHostile(filepath.Join(dir, "modules", string(hostile)))
	r := open(dir, 8, "")
	defer r.stop()
	expert(r)
	before, _ := r.watch(10 * watching)
	var quiet, loud []float64
	broken := 0
	next := 0
	for range watches {
		r.watch(settling) // what was started anew is at rest, what showed it drawn again
		times, n := r.watch(watching)
		quiet, broken = append(quiet, times...), broken+n
		over := r.rage(&next)
		times, n = r.watch(watching)
		over()
		loud, broken = append(loud, times...), broken+n
	}
	t.told("home and page of others before a module is hostile, p99", quantile(before, 0.99), " µs")
	t.within("the same while a module is hostile ÷ in between, p50", quantile(loud, 0.5), quantile(quiet, 0.5), " µs", 1.10)
	t.within("the same while a module is hostile ÷ in between, p99", quantile(loud, 0.99), quantile(quiet, 0.99), " µs", 1.10)
	t.most("the same: answers of others with 5xx", float64(broken), "", 0)
}

// watch asks for the home page and a neighbour's page, 200 times a second, and
// returns how long each answer took and how many were 5xx.
func (r *running) watch(span time.Duration) (times []float64, broken int) {
	client := &fasthttp.Client{}
	defer client.CloseIdleConnections()
	tick := time.NewTicker(between)
	defer tick.Stop()
	paths := []string{"/", "/m/bench1/", "/m/bench2/"}
	for start, i := time.Now(), 0; time.Since(start) < span; i++ {
		<-tick.C
		before := time.Now()
		status, err := ask(client, r.url+paths[i%len(paths)], r.cookie)
		check(err)
		times = append(times, micros(time.Since(before)))
		if status >= 500 {
			broken++
		}
	}
	return times, broken
}

// rage has the hostile module do its cases, from the next one on, until the
// returned function is called.
func (r *running) rage(next *int) (over func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		client := &fasthttp.Client{ReadTimeout: 2 * time.Second}
		defer client.CloseIdleConnections()
		for ; ctx.Err() == nil; *next++ {
			_, _ = ask(client, r.url+"/m/hostile/"+cases[*next%len(cases)], r.cookie) // whatever comes of it
			if r.status(hostile).State == supervise.Quarantined {
				_ = r.core.Host.Restart(ctx, hostile)
			}
			select {
			case <-ctx.Done():
			case <-time.After(100 * time.Millisecond):
			}
		}
	}()
	return func() {
		cancel()
		<-done
		for range 1000 { // until it rests
			if r.core.Host.Restart(context.Background(), hostile) == nil {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		stop(fmt.Errorf("the hostile module does not come back"))
	}
}

func ask(client *fasthttp.Client, url, cookie string) (status int, err error) {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	req.SetRequestURI(url)
	req.Header.Set("Cookie", cookie)
	err = client.Do(req, res)
	return res.StatusCode(), err
}

// copyHostile builds the folder of the hostile module.
func copyHostile(folder string) {
	check(os.MkdirAll(folder, 0o755))
	build("./examples/hostile", filepath.Join(folder, string(hostile)))
	check(os.CopyFS(filepath.Join(folder, "locales"), os.DirFS("examples/hostile/locales")))
	yaml, err := os.ReadFile("examples/hostile/module.yaml")
	check(err)
	yaml = append(yaml, "\ntier: vendor\n"...) // whom one does not trust comes as a package
	check(os.WriteFile(filepath.Join(folder, "module.yaml"), yaml, 0o644))
}
