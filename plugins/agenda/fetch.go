package main

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
)

// Bounds of fetching a timetable from an address.
const (
	fetchWithin    = 10 * time.Second
	fetchRedirects = 4
	maxAddress     = 2000 // characters
)

// fetch gets the timetable at an address, of a host that the school allows. The
// core decides where the request may go, each redirect too; errors say to the
// person what is not allowed, or that the address does not answer.
func fetch(r *sdk.Request, address string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(r.Context(), fetchWithin)
	defer cancel()
	address = strings.TrimSpace(address)
	if rest, ok := strings.CutPrefix(address, "webcal://"); ok {
		address = "https://" + rest // what calendar programs call it
	}
	get, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil || len(address) > maxAddress {
		return nil, errors.Wrap(err, errors.Invalid, "agenda.fetch.address")
	}
	get.Header.Set("Accept", "text/calendar")
	client := r.Outside.Client()
	client.CheckRedirect = func(_ *http.Request, via []*http.Request) error {
		if len(via) > fetchRedirects {
			return errors.New(errors.Invalid, "agenda.fetch.redirects")
		}
		return nil
	}
	a, err := client.Do(get)
	if err != nil {
		return nil, unfetched(err)
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusOK {
		return nil, errors.New(errors.Invalid, "agenda.fetch.status", "status", a.StatusCode)
	}
	src, err := io.ReadAll(io.LimitReader(a.Body, maxFile+1))
	switch {
	case err != nil:
		return nil, unfetched(err)
	case len(src) > maxFile:
		return nil, errors.New(errors.Invalid, "agenda.import.large", "n", maxFile>>20)
	}
	return src, nil
}

// unfetched says of an address that could not be fetched what the person can do
// about it; to them it is always the address that is wrong.
func unfetched(err error) error {
	var own *errors.Error
	if !errors.As(err, &own) {
		return errors.Wrap(err, errors.Invalid, "agenda.fetch.silent")
	}
	key := own.Key
	switch key {
	case "egress.host":
		key = "agenda.fetch.host"
	case "egress.https":
		key = "agenda.fetch.https"
	case "egress.address":
		key = "agenda.fetch.address"
	case "egress.silent", "":
		key = "agenda.fetch.silent"
	}
	return errors.Wrap(err, errors.Invalid, key, own.Args...)
}
