package sdk

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// refusal is the public part of an error, as the page lane carries it.
type refusal struct {
	Kind   string            `json:"kind"`
	Key    string            `json:"key"`
	Args   []any             `json:"args,omitempty"`
	Fields map[string]string `json:"fields,omitempty"`
	Filled map[string][]any  `json:"filled,omitempty"`
}

// Refuse answers a request given to [Module.Handle] with an error, as pages and
// actions do: its kind becomes the status, its key and fields reach the page,
// its cause only the log. Nothing may have been written before.
func Refuse(w http.ResponseWriter, r *Request, err error) { refuse(w, r.Log, err) }

// refuse answers with the error's kind, key and fields; its cause only goes to
// the log.
func refuse(w http.ResponseWriter, log *slog.Logger, err error) {
	kind := errors.KindOf(err)
	noteError(log, kind, err)
	out := refusal{Kind: kind.String(), Fields: errors.FieldsOf(err), Filled: errors.FilledOf(err)}
	out.Key, out.Args = errors.Public(err)
	body, failed := json.Marshal(out)
	if failed != nil { // an argument that JSON cannot say
		body, _ = json.Marshal(refusal{Kind: out.Kind, Key: "error." + out.Kind})
	}
	w.Header().Set("Content-Type", wire.MediaTypeError)
	w.WriteHeader(kind.HTTP())
	_, _ = w.Write(body) // whoever asked may have gone
}

// noteError logs an error as loudly as it is the module's fault.
func noteError(log *slog.Logger, kind errors.Kind, err error) {
	switch kind {
	case errors.Bug:
		log.Error("failed", "err", err)
	case errors.Timeout, errors.Unavailable:
		log.Warn("failed", "err", err)
	default:
		log.Debug("refused", "err", err)
	}
}

// panicked logs what a handler panicked with and returns the error to answer.
func panicked(log *slog.Logger, v any) error {
	log.Error("panic", "value", v, "stack", string(debug.Stack()))
	return errors.New(errors.Bug, "")
}
