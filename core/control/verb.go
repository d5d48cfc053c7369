package control

import (
	"context"
	"encoding/json"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/sdk/errors"
)

// Verb is one operation with the types of what goes in and what comes out.
type Verb[In, Out any] struct {
	Name string // "school.add": also its address on the socket
}

// None is the input, or output, of a verb that needs none.
type None struct{}

// Progress says how much of a long operation is done.
type Progress struct {
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Step  string `json:"step,omitempty"` // what is being done, where that changes
}

// Tell receives progress; it may be nil.
type Tell func(Progress)

// table holds every verb by name, with its types taken away.
var table = map[string]operation{}

type operation func(ctx context.Context, c *core.Core, in json.RawMessage, tell Tell) (json.RawMessage, error)

// define enters a verb into the table.
func define[In, Out any](name string, do func(ctx context.Context, c *core.Core, in In, tell Tell) (Out, error)) Verb[In, Out] {
	table[name] = func(ctx context.Context, c *core.Core, raw json.RawMessage, tell Tell) (json.RawMessage, error) {
		var in In
		if err := json.Unmarshal(raw, &in); err != nil {
			return nil, errors.Wrap(err, errors.Invalid, "control.input")
		}
		out, err := do(ctx, c, in, tell)
		if err != nil {
			return nil, err
		}
		return json.Marshal(out)
	}
	return Verb[In, Out]{Name: name}
}

// Call does the verb through conn. Errors are those of the operation, with
// their kind and public message also when it was done by the server.
func (v Verb[In, Out]) Call(ctx context.Context, conn Conn, in In, tell Tell) (Out, error) {
	var out Out
	raw, err := json.Marshal(in)
	if err != nil {
		return out, errors.Internal(err)
	}
	if tell == nil {
		tell = func(Progress) {}
	}
	answer, err := conn.call(ctx, v.Name, raw, tell)
	if err != nil {
		return out, err
	}
	if err := json.Unmarshal(answer, &out); err != nil {
		return out, errors.Wrap(err, errors.Bug, "control.answer")
	}
	return out, nil
}

// run does a verb of the table on an opened core.
func run(ctx context.Context, c *core.Core, name string, in json.RawMessage, tell Tell) (json.RawMessage, error) {
	op, ok := table[name]
	if !ok {
		return nil, errors.New(errors.NotFound, "control.verb", "verb", name)
	}
	return op(ctx, c, in, tell)
}
