package egress

import (
	"encoding/json"
	"io"
	"net/http"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// refusal is the public part of an error.
type refusal struct {
	Kind string `json:"kind"`
	Key  string `json:"key"`
	Args []any  `json:"args,omitempty"`
}

// Refuse answers a request with an error of the core's instead of the outside's
// answer. Nothing may have been written before.
func Refuse(w http.ResponseWriter, err error) {
	kind := errors.KindOf(err)
	out := refusal{Kind: kind.String()}
	out.Key, out.Args = errors.Public(err)
	body, _ := json.Marshal(out) // strings and numbers: cannot fail
	w.Header().Set(wire.HeaderEgress, out.Kind)
	w.Header().Set("Content-Type", wire.MediaTypeError)
	w.WriteHeader(kind.HTTP())
	_, _ = w.Write(body) // whoever asked may have gone
}

// Refusal returns the error that an answer of the core's tells, nil when the
// answer came from outside.
func Refusal(a *http.Response) error {
	switch a.Header.Get(wire.HeaderEgress) {
	case errors.OK.String():
		return nil
	case "": // whoever listens there is not the core
		return errors.New(errors.Unavailable, "egress.none")
	}
	var in refusal
	raw, err := io.ReadAll(io.LimitReader(a.Body, MaxHeader))
	if err == nil {
		err = json.Unmarshal(raw, &in)
	}
	return errors.Wrap(err, errors.FromHTTP(a.StatusCode), in.Key, in.Args...)
}
