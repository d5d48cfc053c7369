package e2e

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
	"testing"
)

// scale stands between a browser and the school and weighs what passes: what the
// page asks for, what its worker does, what the browser does by itself.
type scale struct {
	*httptest.Server
	mu     sync.Mutex
	weight map[string]int // bytes by path
	asked  int
}

// onAScale puts a scale before the school until the test ends. direct is the
// school behind it.
func onAScale(t *testing.T) (s *scale, direct *School) {
	t.Helper()
	direct = school
	s = newScale(t, direct.URL)
	through := *direct
	through.URL = s.URL
	school = &through
	t.Cleanup(func() { school = direct })
	return s, direct
}

func newScale(t *testing.T, to string) *scale {
	t.Helper()
	target, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	s := &scale{weight: map[string]int{}}
	proxy := &httputil.ReverseProxy{
		Transport: &http.Transport{DisableCompression: true},
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host
		},
		ModifyResponse: func(res *http.Response) error {
			if res.Request.URL.Path != "/direct" { // the stream is a connection that stays, opened once all is there
				s.mu.Lock()
				s.asked++
				s.mu.Unlock()
			}
			res.Body = &weighed{ReadCloser: res.Body, scale: s, path: res.Request.URL.Path}
			return nil
		},
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) {}, // a page that went away
	}
	s.Server = httptest.NewServer(proxy)
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return s
}

type weighed struct {
	io.ReadCloser
	scale *scale
	path  string
}

func (w *weighed) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	w.scale.mu.Lock()
	defer w.scale.mu.Unlock()
	w.scale.weight[w.path] += n
	return n, err
}

// read empties the scale and returns what lay on it.
func (s *scale) read() (weight map[string]int, asked int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	weight, asked = s.weight, s.asked
	s.weight, s.asked = map[string]int{}, 0
	return weight, asked
}
