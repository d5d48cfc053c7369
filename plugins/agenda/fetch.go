package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"crypto/tls"
	"crypto/x509"

	"github.com/preau-ent/preau/sdk/errors"
)

// Bounds of fetching a calendar from an address.
const (
	fetchWithin    = 10 * time.Second
	fetchRedirects = 4
)

// Fetcher gets the file at an address, of hosts that the school allows.
type Fetcher interface {
	Fetch(ctx context.Context, address string, allowed []string) ([]byte, error)
}

// Web fetches over HTTPS and nothing else. The host must be one that the school
// allows; unless it is allowed by its own name, it must have a public address.
// The address that was checked is the one that is dialled, so that a second
// answer of the name server changes nothing; redirects are checked like the
// first address.
type Web struct {
	Resolve func(ctx context.Context, host string) ([]netip.Addr, error)
	Dial    func(ctx context.Context, network, address string) (net.Conn, error)
	Roots   *x509.CertPool // nil: the system's
}

// NewWeb returns a Web that uses the machine's network.
func NewWeb() *Web {
	return &Web{
		Resolve: func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		},
		Dial: (&net.Dialer{}).DialContext,
	}
}

// Fetch implements [Fetcher]. Errors say to the person what is not allowed, or
// that the address does not answer.
func (w *Web) Fetch(ctx context.Context, address string, allowed []string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchWithin)
	defer cancel()
	u, err := checkAddress(address, allowed)
	if err != nil {
		return nil, err
	}
	transport := &http.Transport{
		DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: w.Roots, MinVersion: tls.VersionTLS12},
		DialContext: func(ctx context.Context, network, hostport string) (net.Conn, error) {
			return w.dial(ctx, network, hostport, allowed)
		},
	}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > fetchRedirects {
			return errors.New(errors.Invalid, "agenda.fetch.redirects")
		}
		_, err := checkAddress(r.URL.String(), allowed)
		return err
	}}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "agenda.fetch.address")
	}
	r.Header.Set("Accept", "text/calendar")
	return get(client, r)
}

// get reads an answer within its limits.
func get(client *http.Client, r *http.Request) ([]byte, error) {
	a, err := client.Do(r)
	var own *errors.Error
	switch {
	case errors.As(err, &own):
		return nil, own // a redirect or an address that is not allowed
	case err != nil:
		return nil, errors.Wrap(err, errors.Invalid, "agenda.fetch.silent")
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusOK {
		return nil, errors.New(errors.Invalid, "agenda.fetch.status", "status", a.StatusCode)
	}
	src, err := io.ReadAll(io.LimitReader(a.Body, maxFile+1))
	switch {
	case err != nil:
		return nil, errors.Wrap(err, errors.Invalid, "agenda.fetch.silent")
	case len(src) > maxFile:
		return nil, errors.New(errors.Invalid, "agenda.import.large", "n", maxFile>>20)
	}
	return src, nil
}

// checkAddress reads an address and refuses all but HTTPS to an allowed host.
func checkAddress(address string, allowed []string) (*url.URL, error) {
	address = strings.TrimSpace(address)
	if rest, ok := strings.CutPrefix(address, "webcal://"); ok {
		address = "https://" + rest // what calendar programs call it
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Hostname() == "" || len(address) > 2000:
		return nil, errors.New(errors.Invalid, "agenda.fetch.address")
	case u.Scheme != "https":
		return nil, errors.New(errors.Invalid, "agenda.fetch.https")
	case u.User != nil || u.Port() != "" && u.Port() != "443":
		return nil, errors.New(errors.Invalid, "agenda.fetch.address")
	}
	if ok, _ := allows(allowed, u.Hostname()); !ok {
		return nil, errors.New(errors.Invalid, "agenda.fetch.host", "host", u.Hostname())
	}
	return u, nil
}

// allows reports whether a host is allowed, and whether by its own name: "*" and
// "*.example.fr" allow only public addresses.
func allows(allowed []string, host string) (ok, byName bool) {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if slices.Contains(allowed, host) {
		return true, true
	}
	return slices.ContainsFunc(allowed, func(pattern string) bool {
		suffix, wild := strings.CutPrefix(pattern, "*")
		return wild && (suffix == "" || strings.HasPrefix(suffix, ".") && strings.HasSuffix(host, suffix))
	}), false
}

// dial resolves the host once, checks every address and dials one of them.
func (w *Web) dial(ctx context.Context, network, hostport string, allowed []string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(hostport)
	if err != nil {
		return nil, err
	}
	addresses, err := w.Resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	ok, byName := allows(allowed, host)
	for _, a := range addresses {
		if !ok || !byName && !public(a) {
			return nil, errors.New(errors.Invalid, "agenda.fetch.host", "host", host)
		}
	}
	err = errors.New(errors.Invalid, "agenda.fetch.silent")
	for _, a := range addresses {
		c, dialled := w.Dial(ctx, network, net.JoinHostPort(a.Unmap().String(), port))
		if dialled == nil {
			return c, nil
		}
		err = dialled
	}
	return nil, err
}

// carrier is the shared address space of RFC 6598: inside somebody's network.
var carrier = netip.MustParsePrefix("100.64.0.0/10")

// public reports whether an address is of the open network.
func public(a netip.Addr) bool {
	a = a.Unmap()
	return a.IsGlobalUnicast() && !a.IsPrivate() && !carrier.Contains(a)
}
