package control

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"os"

	"github.com/preau-ent/preau/sdk/errors"
)

// remote asks the server.
type remote struct{ http *http.Client }

// dial returns a connection to the server of a data folder, nil when nobody
// answers there.
func dial(data string) Conn {
	dialer := func(ctx context.Context, _, _ string) (net.Conn, error) { return dialUnix(ctx, data) }
	try, err := dialer(context.Background(), "", "")
	if err != nil {
		return nil
	}
	try.Close()
	return &remote{http: &http.Client{Transport: &http.Transport{DialContext: dialer}}}
}

// dialUnix reaches the socket through its folder's descriptor, for the path of
// the folder may be longer than an address.
func dialUnix(ctx context.Context, data string) (net.Conn, error) {
	dir, err := os.Open(data)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	var d net.Dialer
	return d.DialContext(ctx, "unix", within(dir))
}

func (r *remote) call(ctx context.Context, verb string, in json.RawMessage, tell Tell) (json.RawMessage, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://preau/v1/"+verb, bytes.NewReader(in))
	if err != nil {
		return nil, errors.Internal(err)
	}
	answer, err := r.http.Do(req)
	if err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "control.gone")
	}
	defer answer.Body.Close()
	for dec := json.NewDecoder(answer.Body); ; {
		var one line
		if err := dec.Decode(&one); err != nil {
			return nil, errors.Wrap(err, errors.Unavailable, "control.gone")
		}
		switch {
		case one.Progress != nil:
			tell(*one.Progress)
		case one.Error != nil:
			return nil, one.Error.err()
		default:
			return one.Result, nil
		}
	}
}

func (r *remote) Close() error {
	r.http.CloseIdleConnections()
	return nil
}
