package draw

import "github.com/preau-ent/preau/sdk/errors"

// SignInPage is the sign-in form.
type SignInPage struct {
	Login string // shown again after a failure
	Error string // in words
	Back  string // where to go afterwards
	Hint  string // in words, e.g. where to find the first password
}

// FailurePage is an error page.
type FailurePage struct {
	Kind    errors.Kind
	Message string // in words; empty: the kind's own
	ID      string // of the request, to be told to the help desk
	Back    string // a path to try again or go back to
}
