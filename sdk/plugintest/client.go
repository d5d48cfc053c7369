package plugintest

import (
	"bytes"
	"io"
	"net/http"
)

// Client returns an HTTP client whose requests, to any host, reach the module
// as this visitor's: for streams, WebSockets ("ws://module/path") and whatever
// net/http can say. Its handles end with the test.
func (v *Visitor) Client() *http.Client {
	return &http.Client{Transport: lane{v}, CheckRedirect: v.h.lane.CheckRedirect}
}

type lane struct{ v *Visitor }

// RoundTrip implements http.RoundTripper.
func (l lane) RoundTrip(r *http.Request) (*http.Response, error) {
	if _, err := l.v.route(r); err != nil {
		a := refused(err)
		return &http.Response{
			Status: http.StatusText(a.Status), StatusCode: a.Status, Header: a.Header, Request: r,
			Body: io.NopCloser(bytes.NewReader(nil)), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		}, nil
	}
	r = r.Clone(r.Context())
	l.v.h.t.Cleanup(l.v.sign(r))
	return l.v.h.lane.Transport.RoundTrip(r)
}
