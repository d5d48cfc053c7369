package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"time"

	"github.com/preau-ent/preau/bench/tree"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

const (
	conns = 32
	span  = 2 * time.Second
)

// lane compares a module's page through the page lane with the same tree
// through a unary gRPC call to the same process, and with the same handler
// called in this process; and ready bytes through it with the same bytes through
// a resource call of Grafana's.
func lane(t *table, r *running, _ string) {
	page, ready := r.page("bench1", "/"), r.page("bench1", "/octets")
	call := host.WidgetCall{Caller: r.caller, Module: "bench1", Widget: "page", Size: "m"}
	unary := func() error {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_, err := r.core.Host.Widget(ctx, call)
		return err
	}
	base, got := versus(
		func() float64 { return rate(conns, span, unary) },
		func() float64 { return rate(conns, span, page) })
	t.ratio("module page: lane ÷ unary gRPC, 32 connections", got, base, " /s", 2.5)
	resource := newGrafana(r.dir)
	defer resource.stop()
	for _, n := range []int{1, conns} {
		base, got := inTurn(func() pace { return resource.paced(n) }, func() pace { return paced(n, span, ready) })
		of := fmt.Sprintf("the same bytes: lane ÷ Grafana SDK's resource call, %d connection(s)", n)
		t.ratio(of, got.rate, base.rate, " /s", 3)
		t.within(of+", p50", got.p50, base.p50, " µs", 0.5)
	}
	t.told("module page: lane, p50 of one caller", p50(page), " µs")
	t.told("module page: unary gRPC, p50 of one caller", p50(unary), " µs")
	t.told("module page: same handler in-process, p50", p50(inProcess), " µs")
}

// page returns what asks for a page of a module, read to its end.
func (r *running) page(module ids.ModuleID, path string) func() error {
	ask := httptest.NewRequest(http.MethodGet, path, nil)
	return func() error {
		route, err := r.core.Host.Route(uai, module, http.MethodGet, path)
		if err != nil {
			return err
		}
		a, err := r.core.Host.Open(context.Background(), r.caller, route, ask)
		if err != nil {
			return err
		}
		defer a.Body.Close()
		if a.Status != http.StatusOK {
			return fmt.Errorf("%s answered %d", module, a.Status)
		}
		_, err = io.Copy(io.Discard, a.Body)
		return err
	}
}

// p50 is the median time of one call by a single caller, in microseconds.
func p50(f func() error) float64 {
	times := make([]float64, 3000)
	for i := range times {
		start := time.Now()
		check(f())
		times[i] = float64(time.Since(start).Nanoseconds()) / 1000
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// permission measures one decision with directories of three sizes.
func permission(t *table, r *running, _ string) {
	roles := [][]string{{string(ids.Eleve)}}
	for _, people := range []int{100, 10_000, 1_500_000} {
		everyone := make([]uint8, people) // which of the few sets of roles each session carries
		ns := each(2_000_000, func(i int) {
			if !r.core.Access.May(uai, roles[everyone[i*7919%people]], "bench1.read") {
				panic("denied")
			}
		})
		t.most("permission check, "+number(float64(people))+" people", ns, " ns", 200)
	}
}

// inProcess is the handler without any process between: encode, write.
func inProcess() error {
	w := httptest.NewRecorder()
	body, err := ui.Encode(tree.Page)
	if err != nil {
		return err
	}
	_, err = w.Write(body)
	return err
}
