package host

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// Caller is who asks, as the session knows them.
type Caller struct {
	Viewer *wire.Viewer // without permissions: the host adds those of the module called
	Roles  []string     // profile and extra roles in this school
}

// School returns the school the caller is in.
func (c Caller) School() ids.SchoolID { return ids.SchoolID(c.Viewer.GetSchool()) }

// Permissions is what the host asks of access; both must be cheap.
type Permissions interface {
	May(school ids.SchoolID, roles []string, p ids.Permission) bool
	Granted(school ids.SchoolID, roles []string, module ids.ModuleID) []ids.Permission
}

// Route is one declared address of a module enabled in a school; only
// [Host.Route] makes one.
type Route struct {
	School     ids.SchoolID
	Module     ids.ModuleID
	Path       string // inside the module, decoded and clean: "/devoir/01J…"
	Permission ids.Permission
	Upload     int64 // most bytes a request body may have; 0: the core's own limit
	Stream     bool  // server-sent events, WebSocket: no deadline
	Link       bool  // may be reached by a personal link
	Offline    bool  // a page: kept to be read offline; a form: kept to be sent once
}

// Answer is what a module said to a page request, cleaned. Body must be closed,
// and is nil when Conn is there.
type Answer struct {
	Status int
	Header http.Header
	Length int64 // of Body in bytes, -1 when unknown
	Body   io.ReadCloser
	Tree   bool               // Body is a ui tree, wire.MediaType
	Flash  *wire.Text         // to say on the next page
	File   string             // id of a stored file to send instead of Body
	Conn   io.ReadWriteCloser // after 101 Switching Protocols: both ends' bytes
}

// WidgetCall asks for one widget. Size is one of s m l full.
type WidgetCall struct {
	Caller
	Module   ids.ModuleID
	Widget   string
	Size     string
	Settings map[string]string
}

// Entries is what one module adds to the calendar of a viewer.
type Entries struct {
	Module  ids.ModuleID
	Entries []*wire.Entry
}

// Link is what the secret of a personal link stands for.
type Link struct {
	ID     string
	School ids.SchoolID
	Person ids.PersonID
	Module ids.ModuleID
	Path   string
}

// Status says how a module is.
type Status struct {
	ID        ids.ModuleID
	Version   string // the one that is configured: the next start is of this
	State     supervise.State
	PID       int // 0 unless State is one with a process
	Restarts  int // since the core started
	Since     time.Time
	LastError string
	Tier      string // how far the process is confined
	Running   string // the version of the process there is; empty: none serves
	Upgrading string // the version that is about to take over; empty: none

	Quarantine *Quarantine    // why it is not started any more; nil: it is not quarantined
	Circuit    Circuit        // whether calls go through
	Halted     bool           // stopped by hand for everybody
	HaltedIn   []ids.SchoolID // stopped by hand for these schools, sorted
	RSS        int64          // resident memory of the process in bytes; 0: not known
	FDs        int            // open descriptors; 0: not known
}

// Quarantine says why a module is not started any more: its process crashed, or
// failed to start, so often within so long, or its executable is not the one
// that was vouched for. Only [Host.Restart] or another version ends it. When its
// record was damaged, At is when that was found and why the module was put aside
// is not known: see [Damage].
type Quarantine struct {
	At     time.Time
	Limit  supervise.Limit // the one it reached; zero: see Changed, Damage
	Reason string          // of the last crash, in the core's words
	Lines  []Line          // the last of its log at that moment, oldest first
	Damage error           `json:"-"` // what is wrong with its record; nil: nothing
}

// Line is one kept line of a module's log.
type Line = supervise.Line

// Change says what somebody decided about a module.
type Change struct {
	School ids.SchoolID // empty: for everybody
	Module ids.ModuleID
	What   string // enabled disabled settings halted resumed restarted refused upgraded upgrade.undone

	From, To string // versions, of an upgrade
	Reason   string // why it was undone or refused, for the operator
}

// Hook is told of every change before it is acted on, to audit it; an error
// refuses the change.
type Hook func(ctx context.Context, c Change) error

// Speak returns what puts a module's words as the viewer reads them; made once
// for all the words of an answer.
type Speak func(v *wire.Viewer, module ids.ModuleID) func(words *wire.Text) string

// Present makes a version's permissions and words known to the rest of the core,
// in place of those that the module had.
type Present func(m *manifest.Manifest, folder string) error
