package sdk

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"

	"github.com/preau-ent/preau/sdk/errors"
)

// pageServer listens on the page socket.
type pageServer struct {
	http   *http.Server
	served chan struct{}      // closed when the listener ended
	end    context.CancelFunc // of every request under way

	mu      sync.Mutex
	closing bool
	streams map[context.Context]context.CancelFunc
}

// servePages listens on a Unix socket that only this user may open. There are
// no timeouts: the core bounds every call, and streams last.
func servePages(socket string, p *pages) (*pageServer, error) {
	if err := os.Remove(socket); err != nil && !os.IsNotExist(err) {
		return nil, errors.Internal(err)
	}
	l, err := net.Listen("unix", socket)
	if err != nil {
		return nil, errors.Internal(err)
	}
	if err := os.Chmod(socket, 0o600); err != nil {
		_ = l.Close()
		return nil, errors.Internal(err)
	}
	base, end := context.WithCancel(context.Background())
	s := &pageServer{served: make(chan struct{}), end: end, streams: map[context.Context]context.CancelFunc{}}
	p.live.pages = s // before the first request
	s.http = &http.Server{
		Handler:     p,
		BaseContext: func(net.Listener) context.Context { return base },
		ErrorLog:    slog.NewLogLogger(p.live.setting.Log.Handler(), slog.LevelWarn),
	}
	go func() {
		defer close(s.served)
		if err := s.http.Serve(l); err != http.ErrServerClosed {
			p.live.setting.Log.Error("page socket", "err", err)
		}
	}()
	return s, nil
}

// addStream notes an answer that may last for ever; its context ends as soon as
// Drain begins.
func (s *pageServer) addStream(ctx context.Context, cancel context.CancelFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		cancel()
		return
	}
	s.streams[ctx] = cancel
	context.AfterFunc(ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.streams, ctx)
	})
}

// stop ends streams, lets other answers finish as long as ctx allows, then cuts
// what is left.
func (s *pageServer) stop(ctx context.Context) {
	s.mu.Lock()
	s.closing = true
	for _, cancel := range s.streams {
		cancel()
	}
	s.mu.Unlock()
	ctx, cancel := leaveTenth(ctx)
	defer cancel()
	if s.http.Shutdown(ctx) != nil {
		s.end()
		_ = s.http.Close()
	}
	s.end()
	<-s.served
}
