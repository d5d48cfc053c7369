package files

import (
	"io"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
)

// Info is what is known of a stored file.
type Info struct {
	ID     string       `json:"id"`
	Module ids.ModuleID `json:"module"`
	Name   string       `json:"name"`   // as the person called it, no path
	Size   int64        `json:"size"`   // bytes
	MIME   string       `json:"mime"`   // sniffed, never what a browser said
	SHA256 string       `json:"sha256"` // hex
	By     ids.PersonID `json:"by,omitempty"`
	At     time.Time    `json:"at"`
}

// File is an open stored file; Close it.
type File struct {
	Info
	io.ReadSeekCloser
}
