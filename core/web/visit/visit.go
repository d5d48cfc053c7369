package visit

import (
	"context"
	"net/url"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/sdk/ids"
)

// Visit is one request to a page of the core. All its strings are its own.
type Visit struct {
	Context context.Context
	Session *identity.Session // nil on a public route when nobody is signed in
	Token   string            // of the session; for the calls of identity that ask for it
	Say     *locale.Speaker   // puts words for this visitor
	Method  string
	Path    string
	Params  map[string]string // of the route: "/administration/modules/:id"
	Query   url.Values
	Form    url.Values // of a POST, urlencoded or multipart
	Files   []File     // of a multipart POST
	Address string     // network address of the visitor, without port
	ID      string     // of the request
	JSON    bool       // the visitor asked for application/json
}

// File is an uploaded file; the route's limit bounds all of a form together.
type File struct {
	Field string
	Name  string // as the person called it, no path
	Data  []byte
}

// School returns the school the visitor is in, "" for nobody.
func (v *Visit) School() ids.SchoolID {
	if v.Session == nil {
		return ""
	}
	return v.Session.School
}

// By returns the visitor as the journal names them.
func (v *Visit) By() audit.By {
	by := audit.By{Address: v.Address}
	if v.Session != nil {
		by.Person = v.Session.Person
	}
	return by
}

// Caller returns the visitor as the host and home know them. Only for a
// visitor who is signed in.
func (v *Visit) Caller() host.Caller {
	return host.Caller{Viewer: v.Session.Viewer, Roles: v.Session.Roles}
}

// File returns the first file of a field, nil when none was sent.
func (v *Visit) File(field string) *File {
	for i := range v.Files {
		if v.Files[i].Field == field && len(v.Files[i].Data) > 0 {
			return &v.Files[i]
		}
	}
	return nil
}
