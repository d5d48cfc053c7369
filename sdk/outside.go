package sdk

import (
	"net/http"

	"github.com/preau-ent/preau/sdk/egress"
	"github.com/preau-ent/preau/sdk/errors"
)

// Outside is the way to other sites: those that module.yaml names
// ("net.connect:api.example.fr"), or that the school lists in a setting which it
// names ("net.connect:@allowed_hosts"). The core makes the connection, to public
// addresses and over HTTPS only, and bounds it: see package egress.
type Outside struct {
	call *call
	way  *egress.Client // nil: the module asked for none, or was not granted it
}

// Client returns a client of net/http whose requests end with this call at the
// latest. It follows redirects as far as they lead to hosts that are allowed.
// What the core refuses is an error of package errors in the chain of what the
// client returns: Denied for a host, TooLarge and TooMany for the bounds,
// Timeout and Unavailable for a server that does not answer.
func (o Outside) Client() *http.Client { return &http.Client{Transport: o} }

// RoundTrip implements http.RoundTripper.
func (o Outside) RoundTrip(r *http.Request) (*http.Response, error) {
	if o.way == nil {
		if r.Body != nil {
			r.Body.Close()
		}
		return nil, errors.New(errors.Denied, "egress.none")
	}
	return o.way.Do(o.call.ctx, o.call.handle, r)
}
