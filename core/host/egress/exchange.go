package egress

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"slices"

	"github.com/preau-ent/preau/sdk/egress"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

// ServeHTTP takes one request through the steps of the package's comment.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), d.broker.within)
	defer cancel()
	r = r.WithContext(context.WithValue(ctx, handleKey{}, one(r.Header[wire.HeaderCall])))
	if err := d.admit(r); err != nil {
		d.fail(w, r, err)
		return
	}
	if err := d.allowance.enter(ctx); err != nil {
		d.fail(w, r, err)
		return
	}
	defer d.allowance.leave()
	r.Body = http.MaxBytesReader(w, r.Body, egress.MaxRequest)
	d.proxy.ServeHTTP(w, r)
}

// admit decides whether a request may go out. After it the address's host is
// the very name that was decided on.
func (d *door) admit(r *http.Request) error {
	c, err := d.broker.cfg.Calls.Find(d.client.Module, handleOf(r.Context()))
	if err != nil {
		return err
	}
	if err := d.allowance.spend(c.School); err != nil {
		return err
	}
	to, err := egress.AddressOf(r.URL)
	switch {
	case err != nil:
		return err
	case to.Clear && !d.broker.clear[to.Host]:
		return errors.New(errors.Invalid, "egress.https")
	case !slices.Contains(methods, r.Method):
		return errors.New(errors.Invalid, "egress.method")
	case r.ContentLength > egress.MaxRequest:
		return errors.New(errors.TooLarge, "egress.request", "limit", egress.MaxRequest>>20)
	}
	written, err := d.broker.cfg.Written(r.Context(), c.School, c.Module)
	if err == nil && !manifest.Reaches(d.client.Granted(), to.Host, written) {
		err = errors.New(errors.Denied, "egress.host", "host", to.Host)
	}
	r.URL.Host = to.Host
	return err
}

// handleKey is the context key of the handle that a request came with.
type handleKey struct{}

func handleOf(ctx context.Context) string { h, _ := ctx.Value(handleKey{}).(string); return h }

// one is the value of a header that stands there once.
func one(values []string) string {
	if len(values) != 1 {
		return ""
	}
	return values[0]
}

// rewrite makes the request that goes out; hop-by-hop headers are gone already.
func (d *door) rewrite(p *httputil.ProxyRequest) {
	egress.Strip(p.Out.Header)
	for _, key := range []string{"Connection", "Upgrade", "Te", "Expect"} { // httputil put some of them back
		p.Out.Header.Del(key)
	}
	p.Out.Header.Set("User-Agent", fmt.Sprintf("Preau (%s/%s)", d.client.Module, d.client.Version))
	p.Out.Host = "" // the address's own
	p.Out.URL.RawQuery = p.In.URL.RawQuery
}

// receive looks at the head of an answer and bounds its body.
func (d *door) receive(a *http.Response) error {
	if a.ContentLength > egress.MaxAnswer {
		return errors.New(errors.TooLarge, "egress.answer", "limit", egress.MaxAnswer>>20)
	}
	if a.StatusCode == http.StatusSwitchingProtocols {
		return errors.New(errors.Unavailable, "egress.silent", "host", a.Request.URL.Host)
	}
	egress.Strip(a.Header)
	a.Header.Set(wire.HeaderEgress, errors.OK.String())
	a.Body = &bounded{ReadCloser: a.Body, door: d, request: a.Request, handle: handleOf(a.Request.Context()), left: egress.MaxAnswer}
	d.broker.metrics.ended(d.client.Module, nil)
	return nil
}

// bounded counts an answer's body, and breaks it off at the limit and when the
// call is over that asked for it.
type bounded struct {
	io.ReadCloser
	door    *door
	request *http.Request
	handle  string
	left    int64
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (n int, err error) {
	if b.left > 0 {
		n, err = b.ReadCloser.Read(p[:min(int64(len(p)), b.left)])
		b.left -= int64(n)
		b.door.broker.metrics.bytes.WithLabelValues(string(b.door.client.Module)).Add(float64(n))
	} else if more, end := b.ReadCloser.Read(make([]byte, 1)); more > 0 {
		err = errors.New(errors.TooLarge, "egress.answer", "limit", egress.MaxAnswer>>20)
	} else {
		err = end
	}
	// Breaking off says goodbye to the server before the connection closes: one
	// that is quick then ends its answer, which is no end of what it had to say.
	if over := b.request.Context().Err(); err == io.EOF && over != nil {
		err = over
	}
	if err == nil {
		_, err = b.door.broker.cfg.Calls.Find(b.door.client.Module, b.handle)
	}
	if err != nil && err != io.EOF {
		b.door.tell(b.request, reason(b.request, err))
	}
	return n, err
}

// fail answers with the reason why nothing came from outside.
func (d *door) fail(w http.ResponseWriter, r *http.Request, err error) {
	err = reason(r, err)
	d.broker.metrics.ended(d.client.Module, err)
	d.tell(r, err)
	egress.Refuse(w, err)
}

// tell writes into the module's log where something went wrong: the host, and
// nothing else of the address.
func (d *door) tell(r *http.Request, err error) {
	host := r.URL.Hostname()
	key, _ := errors.Public(err)
	d.client.Log("warn", fmt.Sprintf("preau: way out to %q: %s: %s", host[:min(len(host), 253)], errors.KindOf(err), key))
}

// reason finds the error of ours in what net/http says.
func reason(r *http.Request, err error) error {
	var own *errors.Error
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &large):
		return errors.Wrap(err, errors.TooLarge, "egress.request", "limit", egress.MaxRequest>>20)
	case r.Context().Err() == context.DeadlineExceeded:
		return errors.Wrap(err, errors.Timeout, "egress.late", "host", r.URL.Hostname())
	case r.Context().Err() != nil:
		return errors.Wrap(err, errors.Cancelled, "")
	}
	return errors.Wrap(err, errors.Unavailable, "egress.silent", "host", r.URL.Hostname())
}
