package control

import (
	"encoding/json"
	"maps"
	"math"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
)

// line is one line of an answer on the socket; exactly one field is set.
type line struct {
	Progress *Progress       `json:"progress,omitempty"`
	Result   json.RawMessage `json:"result,omitempty"`
	Error    *failure        `json:"error,omitempty"`
}

// failure carries an error to the operator, who may see its cause.
type failure struct {
	Status int               `json:"status"` // HTTP status of the kind
	Key    string            `json:"key"`
	Args   []any             `json:"args,omitempty"`
	Fields map[string]string `json:"fields,omitempty"`
	Filled map[string][]any  `json:"filled,omitempty"`
	Cause  string            `json:"cause,omitempty"`
}

func failed(err error) *failure {
	f := &failure{Status: errors.KindOf(err).HTTP(), Fields: errors.FieldsOf(err), Filled: errors.FilledOf(err), Cause: err.Error()}
	f.Key, f.Args = errors.Public(err)
	return f
}

// err is the error again, of the same kind and with the same public message.
func (f *failure) err() error {
	for _, args := range append(slices.Collect(maps.Values(f.Filled)), f.Args) {
		for i, arg := range args {
			args[i] = Whole(arg)
		}
	}
	return &errors.Error{
		Kind: errors.FromHTTP(f.Status), Key: f.Key, Args: f.Args, Fields: f.Fields, Filled: f.Filled,
		Cause: errors.New(errors.FromHTTP(f.Status), f.Cause),
	}
}

// Whole returns a number that JSON made a float64 as the int it was; anything
// else stays as it is.
func Whole(v any) any {
	if f, ok := v.(float64); ok && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return int(f)
	}
	return v
}
