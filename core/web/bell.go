package web

import (
	_ "embed"
	"io"
	"net/http"
	"strconv"
	"sync"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/ids"
)

// Addresses of a development server; an ordinary one does not have them.
const (
	bellPath   = "/developpement/pages"
	bellScript = "/developpement/pages.js"
)

// Bell tells the pages open in browsers that a module changed, so that they load
// again. It exists on a development server only.
type Bell struct {
	mu    sync.Mutex
	start string // tells one server from the next
	count int
	rung  chan struct{} // closed by the next Ring
}

// NewBell returns a bell that was not rung.
func NewBell() *Bell { return &Bell{start: ids.New(), rung: make(chan struct{})} }

// Ring has every open page load again.
func (b *Bell) Ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.count++
	close(b.rung)
	b.rung = make(chan struct{})
}

// now names the state of the modules, and is told of the next one.
func (b *Bell) now() (state string, next <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.start + "-" + strconv.Itoa(b.count), b.rung
}

//go:embed bell.js
var bellSource []byte

// bellRoutes are the addresses of the bell, none without one.
func (a *App) bellRoutes() []route {
	if a.Bell == nil {
		return nil
	}
	return []route{
		{method: "GET", path: bellPath, bare: true, handle: a.listenBell},
		{method: "GET", path: bellScript, bare: true, handle: func(c *call) error {
			c.Response().Header.SetContentType("text/javascript; charset=utf-8")
			c.Response().SetBodyRaw(bellSource)
			return nil
		}},
	}
}

// listenBell sends the state of the modules, and each that follows, until the
// page goes away.
func (a *App) listenBell(c *call) error {
	ctx, cancel := contextOf(c)
	events, write := io.Pipe()
	go func() {
		for {
			state, next := a.Bell.now()
			if _, err := io.WriteString(write, "data: "+state+"\n\n"); err != nil {
				return // the page has gone
			}
			select {
			case <-next:
			case <-ctx.Done():
				write.Close()
				return
			}
		}
	}()
	c.Response().Header.SetContentType("text/event-stream")
	return a.stream(c, &host.Answer{Status: http.StatusOK, Body: events, Length: -1}, cancel)
}
