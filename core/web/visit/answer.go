package visit

import (
	"net/http"

	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/sdk/ui"
)

// Answer is what a page of the core says: a page, or where to go next, or
// bytes. Make one with [Show], [Again], [GoTo] or [Give].
type Answer struct {
	Status int // HTTP
	Page   *ui.Page
	To     string    // path to go to (303)
	At     string    // id of what is taken up on that page; empty: its beginning
	Said   *ui.Words // shown on the next page
	Tone   ui.Tone   // of Said; Ok by default
	Token  string    // a new session token replaces the one in the cookie
	Body   []byte    // of another kind than a page
	Type   string    // of Body
	Name   string    // Body is saved under this name; empty: shown
	Lasts  bool      // the browser may keep Body: its address changes with it
	// Sheet draws Page in another look than the school's: one that is tried.
	Sheet *theme.Sheet
}

// Show answers a page.
func Show(p *ui.Page) *Answer { return &Answer{Status: http.StatusOK, Page: p} }

// Again answers a page whose form has errors (422).
func Again(p *ui.Page) *Answer { return &Answer{Status: http.StatusUnprocessableEntity, Page: p} }

// GoTo sends the visitor to another page of the same site.
func GoTo(path string) *Answer { return &Answer{Status: http.StatusSeeOther, To: path} }

// Near has the page that is gone to taken up at what has this id.
func (a *Answer) Near(id string) *Answer {
	a.At = id
	return a
}

// Give answers bytes of another kind, to be saved under a name.
func Give(name, mime string, body []byte) *Answer {
	return &Answer{Status: http.StatusOK, Body: body, Type: mime, Name: name}
}

// Say adds words shown on the next page; args as for ui.T.
func (a *Answer) Say(key string, args ...any) *Answer {
	a.Said, a.Tone = ui.T(key, args...), ui.Ok
	return a
}
