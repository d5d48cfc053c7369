package plugintest

import (
	"log"
	"net"
	"net/http"
	"path/filepath"
	"testing"

	"github.com/preau-ent/preau/sdk/egress"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// Outside puts a host outside, where the module finds it if it may reach it: as
// in the core, module.yaml or what [Harness.Set] wrote must name it. No network
// is used; a host that nobody put there does not answer.
func (h *Harness) Outside(host string, handler http.Handler) {
	h.core.mu.Lock()
	defer h.core.mu.Unlock()
	if h.core.outside == nil {
		h.core.outside = map[string]http.Handler{}
	}
	h.core.outside[host] = handler
}

// serveOutside opens the way out in a folder and returns its socket, empty when
// the manifest asks for none.
func (h *Harness) serveOutside(t testing.TB, folder string) string {
	t.Helper()
	if !manifest.Connects(h.Manifest.Capabilities) {
		return ""
	}
	socket := filepath.Join(folder, "egress")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: wayOut{h.core}, ErrorLog: log.New(t.Output(), "outside: ", 0)}
	done := make(chan struct{})
	go func() { defer close(done); _ = s.Serve(l) }() // ends with Close
	t.Cleanup(func() { _ = s.Close(); <-done })
	return socket
}

// wayOut is the fake broker.
type wayOut struct{ *core }

// ServeHTTP implements http.Handler.
func (o wayOut) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	handler, err := o.find(r)
	if err != nil {
		egress.Refuse(w, err)
		return
	}
	egress.Strip(r.Header)
	r.URL.Scheme, r.URL.Host = "", ""
	r.RequestURI = r.URL.RequestURI()
	r.Body = http.MaxBytesReader(w, r.Body, egress.MaxRequest)
	out := &outsideWriter{ResponseWriter: w, left: egress.MaxAnswer}
	handler.ServeHTTP(out, r)
	if !out.begun {
		out.WriteHeader(http.StatusOK)
	}
}

func (o wayOut) find(r *http.Request) (http.Handler, error) {
	to, err := egress.AddressOf(r.URL)
	if err != nil {
		return nil, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	who, ok := o.handles[r.Header.Get(wire.HeaderCall)]
	switch {
	case !ok:
		return nil, errors.New(errors.Denied, "host.handle")
	case to.Clear:
		return nil, errors.New(errors.Invalid, "egress.https")
	case !manifest.Reaches(o.manifest.Capabilities, to.Host, o.settings[who.school.ID]):
		return nil, errors.New(errors.Denied, "egress.host", "host", to.Host)
	case r.ContentLength > egress.MaxRequest:
		return nil, errors.New(errors.TooLarge, "egress.request", "limit", egress.MaxRequest>>20)
	case o.outside[to.Host] == nil:
		return nil, errors.New(errors.Unavailable, "egress.silent", "host", to.Host)
	}
	r.Host = to.Host
	return o.outside[to.Host], nil
}

// outsideWriter is an answer within the core's bounds.
type outsideWriter struct {
	http.ResponseWriter
	left  int
	begun bool
}

// WriteHeader implements http.ResponseWriter.
func (w *outsideWriter) WriteHeader(status int) {
	w.begun = w.begun || status >= http.StatusOK
	egress.Strip(w.Header())
	w.Header().Set(wire.HeaderEgress, errors.OK.String())
	w.ResponseWriter.WriteHeader(status)
}

// Write implements io.Writer; what is too large is broken off.
func (w *outsideWriter) Write(p []byte) (int, error) {
	if !w.begun {
		if len(w.Header()["Content-Type"]) == 0 {
			w.Header().Set("Content-Type", http.DetectContentType(p))
		}
		w.WriteHeader(http.StatusOK)
	}
	if len(p) > w.left {
		_, _ = w.ResponseWriter.Write(p[:w.left])
		w.Flush()
		panic(http.ErrAbortHandler)
	}
	w.left -= len(p)
	return w.ResponseWriter.Write(p)
}

// Flush implements http.Flusher.
func (w *outsideWriter) Flush() {
	if !w.begun {
		w.WriteHeader(http.StatusOK)
	}
	_ = http.NewResponseController(w.ResponseWriter).Flush()
}
