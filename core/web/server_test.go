package web

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp/fasthttputil"
)

// TestStringsOutliveTheirRequest: left to itself Fiber hands out strings that
// the next request on the connection writes over.
func TestStringsOutliveTheirRequest(t *testing.T) {
	app := newFiber(&App{Deps: Deps{Log: slog.New(slog.DiscardHandler)}, streams: newStreams()})
	var kept []string
	app.Get("/:word", func(f *fiber.Ctx) error {
		kept = append(kept, f.Params("word"), f.Query("q"), f.Get("X-Word"), f.Path())
		return nil
	})
	app.Handler() // completes Fiber's routes
	l := fasthttputil.NewInmemoryListener()
	go app.Server().Serve(l)
	defer app.Server().Shutdown()
	one := &http.Transport{MaxConnsPerHost: 1, DialContext: func(context.Context, string, string) (net.Conn, error) { return l.Dial() }}
	defer one.CloseIdleConnections()
	for _, word := range []string{"aaaaaa", "bbbbbb"} {
		req, err := http.NewRequest(http.MethodGet, "http://ecole.test/"+word+"?q="+word, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Word", word)
		res, err := one.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
	}
	if want := []string{"aaaaaa", "aaaaaa", "aaaaaa", "/aaaaaa"}; !slices.Equal(kept[:4], want) {
		t.Errorf("what the first request said became %q", kept[:4])
	}
}
