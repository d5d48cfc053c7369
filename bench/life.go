package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"google.golang.org/grpc"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/confine"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// confined compares the page lane of a confined module with the same unconfined.
func confined(t *table, r *running, dir string) {
	free := open(filepath.Join(dir, "free"), 1, "off")
	defer free.stop()
	base, got := inTurn(
		func() pace { return paced(conns, span, free.page("bench1", "/")) },
		func() pace { return paced(conns, span, r.page("bench1", "/")) })
	t.ratio("module page: confined ÷ unconfined, 32 connections", got.rate, base.rate, " /s", 0.95)
}

// starts measures how soon modules serve: one after the other, after a crash,
// and many together.
func starts(t *table, r *running, dir string) {
	program, err := filepath.Abs(filepath.Join("bin", confine.Small)) // beside bin/preau, which this program is not
	check(err)
	launcher, err := confine.New(confine.Config{Program: program})
	check(err)
	var fresh, direct, crashed []float64
	for range 10 {
		fresh = append(fresh, r.start(launcher))
		direct = append(direct, r.start(process.Direct{}))
	}
	for i := range 8 {
		id := ids.ModuleID(fmt.Sprintf("bench%d", i+1))
		page := r.page(id, "/")
		check(syscall.Kill(r.status(id).PID, syscall.SIGKILL))
		before := time.Now()
		for s := r.status(id); s.Restarts == 0 || page() != nil; s = r.status(id) {
			time.Sleep(200 * time.Microsecond)
		}
		crashed = append(crashed, float64(time.Since(before).Microseconds())/1000)
	}
	t.most("start of a confined module, median of 10", median(fresh), " ms", 25)
	t.told("start of the same unconfined, median of 10", median(direct), " ms")
	t.most("restart after a crash, to the first page, median of 8", median(crashed), " ms", 100)
	many := open(filepath.Join(dir, "many"), 20, "")
	many.stop()
	t.told("20 confined modules started together, until all serve", float64(many.ready.Milliseconds()), " ms")
	t.told("the same, for each module", float64(many.ready.Microseconds())/1000/20, " ms")
}

// start starts one process of the benchmark's module until it could serve, and
// returns how long that took in milliseconds.
func (r *running) start(launcher process.Launcher) float64 {
	folder := filepath.Join(r.dir, "modules", "bench1")
	run, err := os.MkdirTemp("/tmp", "preau-")
	check(err)
	defer os.RemoveAll(run)
	binary, err := seal.AsItIs(filepath.Join(folder, "bench1"))
	check(err)
	before := time.Now()
	p, err := process.Start(context.Background(), process.Config{Module: "bench1", Version: version,
		Binary: binary, Folder: folder, Data: filepath.Join(run, "data"), Run: run,
		Timeout: 20 * time.Second, Launcher: launcher, Log: func(string, string) {}, Services: func() *grpc.Server { return grpc.NewServer() }})
	check(err)
	defer p.Kill()
	return micros(time.Since(before)) / 1000
}

func (r *running) status(id ids.ModuleID) host.Status {
	for _, s := range r.core.Host.Modules() {
		if s.ID == id {
			return s
		}
	}
	stop(fmt.Errorf("no module %s", id))
	return host.Status{}
}

// upgrades puts new versions in the place of a module while 200 requests a
// second go on; none may fail.
func upgrades(t *table, r *running, dir string) {
	const every = 5 * time.Millisecond
	var asked, failed atomic.Int64
	var last atomic.Pointer[error]
	var under sync.WaitGroup
	page, over := r.page("bench2", "/"), make(chan struct{})
	under.Go(func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-over:
				return
			case <-tick.C:
			}
			under.Go(func() {
				asked.Add(1)
				if err := page(); err != nil {
					failed.Add(1)
					last.Store(&err)
				}
			})
		}
	})
	var held time.Duration
	for _, to := range []string{"0.2.0", "0.3.0", "0.4.0"} {
		folder := filepath.Join(dir, "versions", to)
		copyModule(folder, "bench2", to)
		report, err := r.core.Host.Upgrade(context.Background(), "bench2",
			host.Source{Folder: filepath.Join(folder, "bench2"), Tier: manifest.TierFirstParty}, host.Plan{})
		check(err)
		held = max(held, report.Held)
	}
	time.Sleep(time.Second)
	close(over)
	under.Wait()
	if err := last.Load(); err != nil {
		fmt.Println("bench: a request failed during an upgrade:", *err)
	}
	if v := r.status("bench2").Version; v != "0.4.0" {
		stop(fmt.Errorf("bench2 is at %s", v))
	}
	t.most(fmt.Sprintf("3 upgrades under 200 requests/s: failed of %d", asked.Load()), float64(failed.Load()), "", 0)
	t.told("the same: longest time that requests were held", float64(held.Microseconds())/1000, " ms")
}
