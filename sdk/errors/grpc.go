package errors

import (
	"encoding/json"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// public is what crosses a process border: never the cause.
type public struct {
	Key    string            `json:"key,omitempty"`
	Args   []any             `json:"args,omitempty"`
	Fields map[string]string `json:"fields,omitempty"`
	Filled map[string][]any  `json:"filled,omitempty"`
}

// ToStatus returns err as a gRPC status error that carries its kind and its
// public message only; nil stays nil.
func ToStatus(err error) error {
	if err == nil {
		return nil
	}
	p := public{Fields: FieldsOf(err), Filled: FilledOf(err)}
	p.Key, p.Args = Public(err)
	text, _ := json.Marshal(p) // strings, numbers and maps: cannot fail
	return status.Error(KindOf(err).GRPC(), string(text))
}

// FromStatus turns an error of a gRPC call back into an Error.
func FromStatus(err error) error {
	if err == nil {
		return nil
	}
	s, ok := status.FromError(err)
	if !ok {
		return err
	}
	e := &Error{Kind: Bug, Cause: err}
	for k, v := range kinds {
		if v.grpc == s.Code() && s.Code() != codes.OK {
			e.Kind = Kind(k)
		}
	}
	var p public
	if json.Unmarshal([]byte(s.Message()), &p) == nil {
		e.Key, e.Args, e.Fields, e.Filled = p.Key, p.Args, p.Fields, p.Filled
	}
	return e
}
