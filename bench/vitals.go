package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// The mobile profile of Lighthouse as DevTools applies it: a phone of the middle
// of the range on slow 4G.
const (
	phoneSlower  = 4.0
	phoneLatency = 150 * 3.75              // ms a request
	phoneDown    = 1638.4 * 1024 / 8 * 0.9 // bytes a second
	phoneUp      = 750 * 1024 / 8 * 0.9
	vitalVisits  = 5
)

// observer adds up what a visit is judged by.
const observer = `self.vitals = {lcp: 0, cls: 0, tbt: 0};
new PerformanceObserver(l => { for (const e of l.getEntries()) vitals.lcp = e.startTime }).observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) vitals.cls += e.value }).observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(l => { for (const e of l.getEntries()) vitals.tbt += Math.max(0, e.duration - 50) }).observe({type: 'longtask', buffered: true});`

type vitalSigns struct{ LCP, CLS, TBT float64 }

// vitals visits a pupil's guided home on a phone for the first time, again and
// again, and tells the median.
func vitals(t *table, dir string) {
	data, address := filepath.Join(dir, "vitals"), freeAddress()
	cmd := exec.Command("bin/preau", "demo", "--data", data, "--listen", address)
	check(cmd.Start())
	defer func() {
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
	}()
	(&running{url: "http://" + address}).await()
	client := signIn("http://"+address, data)
	fetch(client, "http://"+address+"/") // widgets are warm, as at any breakfast but the first
	site, err := url.Parse("http://" + address)
	check(err)
	var lcp, cls, tbt []float64
	for range vitalVisits {
		v := firstVisit(site, client.Jar.Cookies(site))
		lcp, cls, tbt = append(lcp, v.LCP), append(cls, v.CLS), append(tbt, v.TBT)
	}
	var least []float64
	empty, err := url.Parse(emptySite())
	check(err)
	for range vitalVisits {
		least = append(least, firstVisit(empty, nil).LCP)
	}
	t.told("on a phone, slow 4G: a page of one line and a stylesheet of one rule", median(least), " ms")
	t.most("guided home on a phone, slow 4G: largest contentful paint", median(lcp), " ms", 1500)
	t.most("the same: cumulative layout shift", median(cls), "", 0.02)
	t.most("the same: total blocking time", median(tbt), " ms", 50)
}

// emptySite serves the least that can be drawn: what this machine and the line
// take of a visit, whatever is visited.
func emptySite() string {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!DOCTYPE html><html lang="fr"><meta name="viewport" content="width=device-width"><title>Rien</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/une.css"><p>Rien.</p></html>`)
	})
	mux.HandleFunc("GET /une.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		fmt.Fprint(w, "p { margin: 2rem }")
	})
	return httptest.NewServer(mux).URL // ends with the bench
}

// firstVisit opens home in a browser that has nothing but the cookies.
func firstVisit(site *url.URL, cookies []*http.Cookie) (v vitalSigns) {
	profile, err := os.MkdirTemp("", "preau-vitals")
	check(err)
	defer os.RemoveAll(profile)
	alloc, stop := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(profile),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))...)
	defer stop()
	ctx, stop := chromedp.NewContext(alloc)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	check(chromedp.Do(ctx))
	tell := func(_ any, err error) { check(err) }
	tell(chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 412, Height: 823, DeviceScaleFactor: 1.75, Mobile: true}))
	tell(chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: observer}))
	for _, c := range cookies {
		tell(chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: site.String()}))
	}
	tell(chromedp.Call(ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: phoneSlower}))
	tell(chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Latency: phoneLatency, DownloadThroughput: phoneDown, UploadThroughput: phoneUp}}}))
	check(chromedp.Do(ctx, chromedp.Navigate(site.String()+"/"), chromedp.WaitReady("body"), chromedp.Sleep(4*time.Second)))
	got, err := chromedp.Run(ctx, chromedp.Evaluate[vitalSigns]("({LCP: vitals.lcp, CLS: vitals.cls, TBT: vitals.tbt})"))
	check(err)
	check(chromedp.Cancel(ctx))
	return got
}
