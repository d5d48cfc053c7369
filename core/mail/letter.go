package mail

import (
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// Letter is one mail to one person.
type Letter struct {
	ID      string // the same when it is sent again: it becomes the Message-ID
	To      string // address
	Name    string // of the reader, may be empty
	From    string // shown as sender, with the operator's address: the school
	Subject string
	Page    *ui.Page
	Module  ids.ModuleID    // owns Page: its words are asked first, links lead into it; empty: the core
	Say     *locale.Speaker // in the reader's language, with their school's labels
	// Address makes the absolute address of a path of the site; "" leaves the link
	// out, and nil all of them.
	Address func(path string) string
	Open    string // absolute address of Page, where its forms and buttons are; may be empty
	Stop    string // address that ends such letters at one POST (RFC 8058), may be empty
}
