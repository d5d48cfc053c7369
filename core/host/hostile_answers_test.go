package host_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
)

var answerTrials = []trial{
	{name: "huge", stops: "an answer on the control lane has at most 4 MiB", sees: "the widget is `toolarge`",
		do: func(y *yard) { y.widgetFails("huge", errors.TooLarge); y.recovers() }},
	{name: "huge-page", site: true, stops: "a tree has at most 4 MiB; not more of it is read", sees: "an error page, `503`",
		do: func(y *yard) { y.visitFails("huge-page", "") }},
	{name: "million", site: true, stops: "a tree has at most 50,000 parts, counted before it is decoded", sees: "an error page, `503`; the widget is `unavailable`",
		do: func(y *yard) {
			y.visitFails("million", "")
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			defer cancel()
			_, err := y.Widget(ctx, host.WidgetCall{Caller: pupil(), Module: victim, Widget: "million", Size: "s"})
			y.failed("widget million", err, errors.Unavailable)
			y.recovers()
		}},
	{name: "deep", site: true, stops: "sections lie in each other at most some levels deep", sees: "an error page, `503`",
		do: func(y *yard) { y.visitFails("deep", "") }},
	{name: "invalid", site: true, stops: "what is no tree is not drawn", sees: "an error page, `503`",
		do: func(y *yard) { y.visitFails("invalid", "") }},
	{name: "garbage", stops: "the SDK refuses to send it, gRPC to read it", sees: "the widget is `unavailable`",
		do: func(y *yard) { y.widgetFails("garbage", errors.Unavailable); y.recovers() }},
	{name: "raw", word: "raw", stops: "bytes that are no message end one call, not the connection", sees: "each widget is `unavailable`; `state: serving`",
		do: func(y *yard) {
			for range 3 {
				y.widgetFails("ok", errors.Unavailable)
			}
		}},
	{name: "late", stops: "the deadline of a page; the connection is not used again", sees: "the page is `timeout`, and what comes too late reaches nobody",
		do: func(y *yard) {
			y.SetPageTimeForTest(spell)
			y.pageFails("/reponse/late?ms=600", errors.Timeout)
			for range 5 {
				if _, body, err := y.get("/"); err != nil || strings.Contains(body, "too late") {
					y.t.Errorf("the next request got %q, %v", body, err)
				}
			}
		}},
	{name: "double", word: "double", stops: "a connection on which words wait that nobody asked for is not used again", sees: "the next request gets its own answer: `GET /: 200`",
		do: func(y *yard) {
			if _, body, err := y.get("/reponse/double"); err != nil || body != "first" {
				y.t.Errorf("%q %v", body, err)
			}
			eventually(y.t, "the second answer", func() bool {
				_, err := os.Stat(filepath.Join(y.home(victim), "doubled"))
				return err == nil
			})
			for range 3 {
				if _, body, err := y.get("/"); err != nil || strings.Contains(body, "other") {
					y.t.Errorf("the next request got %q, %v", body, err)
				}
			}
		}},
	{name: "endless-head", stops: "the head of an answer has at most 64 KiB", sees: "the page is `unavailable`",
		do: func(y *yard) { y.pageFails("/reponse/endless-head", errors.Unavailable); y.recovers() }},
	{name: "short", site: true, stops: "an answer that was cut does not look whole", sees: "the visitor's browser reports an early end: `EOF`",
		do: func(y *yard) {
			if r := y.visit("/m/hostile/reponse/short"); r.err == nil {
				y.t.Errorf("%d bytes of 1,000 looked whole", len(r.body))
			}
		}},
}

// visitFails asks for an answer as a visitor's browser does, and wants an error
// page that the core drew, from a core that is none the bigger.
func (y *yard) visitFails(name, query string) {
	y.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	before := heap()
	r := y.visitWith(ctx, "/m/hostile/reponse/"+name+"?"+query)
	if r.err != nil || r.StatusCode != 503 || !strings.Contains(r.body, "<html") {
		y.t.Errorf("%v %v %.300s", r.Response, r.err, r.body)
	}
	if grown := heap() - before; grown > 256<<20 {
		y.t.Errorf("the core grew by %d MB for it", grown>>20)
	}
	y.recovers()
}

// at is an address of the hostile module with one value.
func at(path, name, value string) string {
	return "/m/hostile" + path + "?" + url.Values{name: {value}}.Encode()
}
