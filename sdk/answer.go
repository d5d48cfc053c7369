package sdk

import (
	"net/http"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Answer is what a form or action leads to.
type Answer struct {
	location string
	page     *ui.Page
	file     string
	flash    *ui.Words
}

// GoTo answers by leading to another page of the module (303, so that going
// back does not post again).
func GoTo(path string) *Answer { return &Answer{location: path} }

// Again answers with the page as it was posted, the form carrying its errors (422).
func Again(page *ui.Page) *Answer { return &Answer{page: page} }

// GiveFile answers with a file kept by the core (see [Files]), as an attachment.
func GiveFile(id string) *Answer { return &Answer{file: id} }

// Say has the core show a message on the next page.
func (a *Answer) Say(key string, args ...any) *Answer {
	a.flash = ui.T(key, args...)
	return a
}

// SendFile has the core answer with the stored file of this id, as an
// attachment. Nothing may be written after it.
func SendFile(w http.ResponseWriter, id string) {
	w.Header().Set(wire.HeaderFile, id)
	w.WriteHeader(http.StatusOK)
}
