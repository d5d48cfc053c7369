package draw

import (
	"github.com/a-h/templ"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

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
	Stopped bool   // it is of no use to try again: somebody in charge must act first
	// Elsewhere is the same address in other schools of the visitor: ID is where
	// it leads, Name the school.
	Elsewhere []Choice
}

// marks ties both inputs to the message that they do not fit together.
func (s *SignInPage) marks() templ.Attributes {
	if s.Error == "" {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": "erreur"}
}

// word is the end of the keys of an error page: the kinds that differ for the
// reader, the rest are ours to mend.
func (f *FailurePage) word() string {
	if f.Stopped {
		return "stopped"
	}
	switch f.Kind {
	case errors.SignIn, errors.Denied, errors.NotFound, errors.Invalid, errors.Conflict,
		errors.TooLarge, errors.TooMany, errors.Timeout, errors.Unavailable:
		return f.Kind.String()
	}
	return errors.Bug.String()
}

func (f *FailurePage) title(c *Context) string { return c.t("draw.failure." + f.word()) }

func (f *FailurePage) message(c *Context) string {
	switch {
	case f.Message != "":
		return f.Message
	case f.Stopped:
		return c.t("error." + f.Kind.String())
	}
	return c.t("error." + f.word())
}

func (f *FailurePage) sign() string {
	if f.Stopped {
		return ui.IconWarn
	}
	switch f.Kind {
	case errors.SignIn, errors.Denied:
		return ui.IconLock
	case errors.NotFound:
		return ui.IconSearch
	case errors.TooMany, errors.Timeout, errors.Unavailable:
		return ui.IconHourglass
	}
	return ui.IconWarn
}

func (f *FailurePage) needsSignIn() bool { return f.Kind == errors.SignIn }

// again reports whether the same address may work later.
func (f *FailurePage) again() bool {
	return !f.Stopped && (f.Kind == errors.Timeout || f.Kind == errors.Unavailable || f.Kind == errors.TooMany || f.word() == "bug")
}

func (f *FailurePage) backWord() string {
	if f.again() {
		return "again"
	}
	return "page"
}

func (f *FailurePage) backIcon() string {
	if f.again() {
		return ui.IconRefresh
	}
	return ui.IconBack
}
