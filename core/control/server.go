package control

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/sdk/errors"
)

// maxInput is the largest input of a verb, in bytes: the files of an import,
// one third longer as JSON.
const maxInput = 256 << 20

// SocketName is what the socket is called in the data folder.
const SocketName = "preau.sock"

// Server answers verbs on the socket of a data folder.
type Server struct {
	core *core.Core
	http *http.Server
	path string
	done chan struct{}
}

// Listen answers verbs for c from now on until [Server.Close]. Only who holds
// the folder's [Lock] may listen: a socket that is there already was left by a
// server that ended badly, and is replaced.
func Listen(c *core.Core) (*Server, error) {
	path := filepath.Join(c.Config.Data, SocketName)
	l, err := listenUnix(path)
	if err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "control.socket", "socket", path)
	}
	s := &Server{core: c, path: path, done: make(chan struct{})}
	s.http = &http.Server{Handler: http.HandlerFunc(s.serve)}
	go func() {
		defer close(s.done)
		_ = s.http.Serve(l) // always ends with ErrServerClosed, after Close
	}()
	return s, nil
}

// listenUnix makes the socket reachable by its owner only, from its first
// moment: it is made in a private folder and moved. The folder is named by its
// descriptor, for the kernel allows a hundred bytes to the address.
func listenUnix(path string) (net.Listener, error) {
	private, err := os.MkdirTemp(filepath.Dir(path), ".preau")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(private)
	dir, err := os.Open(private)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: within(dir), Net: "unix"})
	if err != nil {
		return nil, err
	}
	l.SetUnlinkOnClose(false)
	made := filepath.Join(private, SocketName)
	if err := errors.Join(os.Chmod(made, 0o600), os.Rename(made, path)); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// within is a short address of the socket in an open folder.
func within(dir *os.File) string {
	return fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), SocketName)
}

// Close stops answering, waits for the verbs under way until ctx ends, and
// removes the socket.
func (s *Server) Close(ctx context.Context) error {
	err := s.http.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, s.http.Close())
	}
	<-s.done
	return errors.Join(err, os.Remove(s.path))
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	verb, ok := strings.CutPrefix(r.URL.Path, "/v1/")
	if !ok || r.Method != http.MethodPost {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	out := lines{w: w}
	in, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxInput))
	if err != nil {
		out.write(line{Error: failed(errors.Wrap(err, errors.TooLarge, "control.input"))})
		return
	}
	result, err := run(r.Context(), s.core, verb, in, func(p Progress) { out.write(line{Progress: &p}) })
	if err != nil {
		out.write(line{Error: failed(err)})
		return
	}
	out.write(line{Result: result})
}

// lines writes one JSON value a line and sends each at once. Progress comes
// from other goroutines than the result.
type lines struct {
	mu sync.Mutex
	w  http.ResponseWriter
}

func (l *lines) write(one line) {
	l.mu.Lock()
	defer l.mu.Unlock()
	// A client that went away is noticed through the request's context.
	_ = json.NewEncoder(l.w).Encode(one)
	if f, ok := l.w.(http.Flusher); ok {
		f.Flush()
	}
}
