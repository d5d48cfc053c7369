package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"path/filepath"
	"syscall"
)

const vitalVisits = 7

// vitals visits a pupil's guided home on a phone for the first time, again and
// again, and tells the medians.
func vitals(t *table, dir string) {
	data, address := filepath.Join(dir, "vitals"), freeAddress()
	cmd := exec.Command("bin/preau", "demo", "--data", data, "--listen", address)
	check(cmd.Start())
	defer func() {
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
	}()
	home := "http://" + address + "/"
	(&running{url: "http://" + address}).await()
	client := signIn("http://"+address, data)
	for range 3 {
		fetch(client, home) // widgets are warm, as at any breakfast but the first
	}
	site, err := url.Parse(home)
	check(err)
	cookie := client.Jar.Cookies(site)[0]
	phone := newLighthouse()
	defer phone.stop()
	empty := httptest.NewServer(http.HandlerFunc(serveEmpty))
	defer empty.Close()
	var lcp, cls, tbt, most, least, index []float64
	for range vitalVisits {
		v := phone.visit(empty.URL, "", 4)
		least, index = append(least, v.LCP), append(index, v.Index)
	}
	times := slowdown(median(index))
	for range vitalVisits {
		v := phone.visit(home, cookie.Name+"="+cookie.Value, times)
		lcp, cls, tbt = append(lcp, v.LCP), append(cls, v.CLS), append(tbt, v.TBT)
		most = append(most, phone.visit(home, cookie.Name+"="+cookie.Value, 4).TBT)
	}
	t.told("this machine to Lighthouse (BenchmarkIndex)", median(index), "")
	t.told("so many times slower is its phone", float64(times), "")
	t.told("on its phone: a page of one line and a stylesheet of one rule, largest contentful paint", median(least), " ms")
	t.most("guided home on its phone: largest contentful paint", median(lcp), " ms", 1500)
	t.most("the same: cumulative layout shift", median(cls), "", 0.02)
	t.most("the same: total blocking time", median(tbt), " ms", 50)
	t.told("the same were the phone 4 times slower than this machine", median(most), " ms")
}

// serveEmpty serves the least that can be drawn: what this machine and the line
// take of a visit, whatever is visited.
func serveEmpty(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/une.css" {
		w.Header().Set("Content-Type", "text/css")
		fmt.Fprint(w, "p { margin: 2rem }")
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, `<!DOCTYPE html><html lang="fr"><meta name="viewport" content="width=device-width"><title>Rien</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/une.css"><p>Rien.</p></html>`)
}
