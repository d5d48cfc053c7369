package roster

import (
	"fmt"

	"github.com/preau-ent/preau/sdk/errors"
)

// Remark is one entry of a report: a place, and a translation key with its
// arguments. Who prints the report sets Reason, the text in words.
type Remark struct {
	Place
	Key    string         `json:"key"`
	Args   map[string]any `json:"args,omitempty"`
	Reason string         `json:"reason"`
}

// remark builds a Remark; args are pairs of name and value.
func remark(at Place, key string, args ...any) Remark {
	r := Remark{Place: at, Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if r.Args == nil {
			r.Args = map[string]any{}
		}
		r.Args[fmt.Sprint(args[i])] = args[i+1]
	}
	return r
}

// refuse is the error that refuses the files whole.
func refuse(at Place, key string, args ...any) error {
	return errors.New(errors.Invalid, key, append([]any{"file", at.File, "line", at.Line}, args...)...)
}

// RefusalOf returns the remark of an error that refused the files whole; ok is
// false for every other error.
func RefusalOf(err error) (r Remark, ok bool) {
	var e *errors.Error
	if !errors.As(err, &e) || e.Kind != errors.Invalid {
		return Remark{}, false
	}
	r = remark(Place{}, e.Key, e.Args...)
	file, isFile := r.Args["file"].(string)
	line, isLine := r.Args["line"].(int)
	if !isFile || !isLine {
		return Remark{}, false
	}
	delete(r.Args, "file")
	delete(r.Args, "line")
	if len(r.Args) == 0 {
		r.Args = nil
	}
	r.Place = Place{File: file, Line: line}
	return r, true
}
