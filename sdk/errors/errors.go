package errors

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Error is a failure with a public face and a private cause.
type Error struct {
	Kind   Kind
	Key    string            // public: a translation key; empty means the kind's own words
	Args   []any             // public: pairs of name and value for the key
	Fields map[string]string // public: form field → translation key
	Filled map[string][]any  // public: form field → arguments of its key, as Args
	Cause  error             // private
}

// New returns an error of this kind; args are pairs of name and value.
func New(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args}
}

// Wrap is New with the private cause. Wrap(nil, …) is still an error.
func Wrap(cause error, kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args, Cause: cause}
}

// Field returns an Invalid error about one field of a form; args are pairs of
// name and value for the key.
func Field(name, key string, args ...any) *Error {
	e := &Error{Kind: Invalid, Fields: map[string]string{name: key}}
	if len(args) > 0 {
		e.Filled = map[string][]any{name: args}
	}
	return e
}

// Internal hides an unexpected cause behind the general words.
func Internal(cause error) *Error { return &Error{Kind: Bug, Cause: cause} }

// Error is for logs: kind, key and cause. It never goes to a page.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Kind.String())
	if e.Key != "" {
		b.WriteString(": " + e.Key)
	}
	if len(e.Args) > 0 {
		fmt.Fprintf(&b, " %v", e.Args)
	}
	if len(e.Fields) > 0 {
		fmt.Fprintf(&b, " %v", e.Fields)
	}
	if e.Cause != nil {
		b.WriteString(": " + e.Cause.Error())
	}
	return b.String()
}

// Unwrap returns the private cause.
func (e *Error) Unwrap() error { return e.Cause }

// KindOf returns the kind of the first Error in err's chain. Contexts that
// ended are Timeout or Cancelled, anything unknown is a Bug.
func KindOf(err error) Kind {
	var e *Error
	switch {
	case err == nil:
		return OK
	case errors.As(err, &e):
		return e.Kind
	case errors.Is(err, context.DeadlineExceeded):
		return Timeout
	case errors.Is(err, context.Canceled):
		return Cancelled
	}
	return Bug
}

// Public returns the translation key and arguments that may be shown for err.
func Public(err error) (key string, args []any) {
	var e *Error
	if errors.As(err, &e) && e.Key != "" {
		return e.Key, e.Args
	}
	return "error." + KindOf(err).String(), nil
}

// FieldsOf returns the fields that err complains of, nil when there are none.
func FieldsOf(err error) map[string]string {
	var e *Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

// FilledOf returns the arguments of what err complains of, by field.
func FilledOf(err error) map[string][]any {
	var e *Error
	if errors.As(err, &e) {
		return e.Filled
	}
	return nil
}

// Is, As and Join are those of the standard library, so that one import does.
var (
	Is   = errors.Is
	As   = errors.As
	Join = errors.Join
)
