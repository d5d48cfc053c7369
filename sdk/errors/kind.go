package errors

import (
	"net/http"

	"google.golang.org/grpc/codes"
)

// Kind is the class of a failure; the set is closed.
type Kind uint8

// The kinds, from the caller's fault to ours.
const (
	OK          Kind = iota
	Invalid          // the input is wrong: the message or its fields say where
	SignIn           // nobody is signed in
	Denied           // signed in, not allowed
	NotFound         // does not exist, or not for this viewer
	Conflict         // exists already, or was changed meanwhile
	TooLarge         // over a limit of size
	TooMany          // over a limit of rate
	Cancelled        // the caller went away
	Timeout          // a deadline passed
	Unavailable      // not now: try again
	Bug              // our fault
)

var kinds = [...]struct {
	name string
	http int
	grpc codes.Code
}{
	OK:          {"ok", http.StatusOK, codes.OK},
	Invalid:     {"invalid", http.StatusUnprocessableEntity, codes.InvalidArgument},
	SignIn:      {"signin", http.StatusUnauthorized, codes.Unauthenticated},
	Denied:      {"denied", http.StatusForbidden, codes.PermissionDenied},
	NotFound:    {"notfound", http.StatusNotFound, codes.NotFound},
	Conflict:    {"conflict", http.StatusConflict, codes.AlreadyExists},
	TooLarge:    {"toolarge", http.StatusRequestEntityTooLarge, codes.OutOfRange},
	TooMany:     {"toomany", http.StatusTooManyRequests, codes.ResourceExhausted},
	Cancelled:   {"cancelled", 499, codes.Canceled},
	Timeout:     {"timeout", http.StatusGatewayTimeout, codes.DeadlineExceeded},
	Unavailable: {"unavailable", http.StatusServiceUnavailable, codes.Unavailable},
	Bug:         {"bug", http.StatusInternalServerError, codes.Internal},
}

// String returns the kind's lower-case name, also the end of its translation
// key "error.<name>".
func (k Kind) String() string { return kinds[k].name }

// HTTP returns the status code of the kind.
func (k Kind) HTTP() int { return kinds[k].http }

// GRPC returns the gRPC code of the kind.
func (k Kind) GRPC() codes.Code { return kinds[k].grpc }

// FromHTTP returns the kind that a status code stands for.
func FromHTTP(status int) Kind {
	for k, v := range kinds {
		if v.http == status {
			return Kind(k)
		}
	}
	if status < 400 {
		return OK
	}
	if status < 500 {
		return Invalid
	}
	return Bug
}
