package mail

import (
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Letter is one mail to one person.
type Letter struct {
	ID      string // the same when it is sent again: it becomes the Message-ID
	To      string // address
	Name    string // of the reader, may be empty
	From    string // shown as sender, with the operator's address: the school
	Subject string
	Page    *ui.Page
	Say     *locale.Speaker
	Link    func(*wire.Link) string // absolute address; "" leaves the link out
	Stop    string                  // address that ends such letters at one POST (RFC 8058), may be empty
}
