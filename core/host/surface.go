package host

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

var errSoon = errors.New(errors.Unavailable, "host.starting")

// Stop drains and ends every module; nothing of them is left when it returns.
func (h *Host) Stop(ctx context.Context) error { return errSoon }

// Ready reports whether every module that a school enabled serves.
func (h *Host) Ready() bool { return false }

// Modules says how each module of the catalogue is, by id.
func (h *Host) Modules() []Status { return nil }

// Logs returns the last n lines of a module's log, oldest first; n ≤ 0: all kept.
func (h *Host) Logs(id ids.ModuleID, n int) []Line { return nil }

// Manifest returns the manifest of a module; NotFound.
func (h *Host) Manifest(id ids.ModuleID) (*manifest.Manifest, error) { return nil, errSoon }

// Manifests returns every manifest of the catalogue, by id.
func (h *Host) Manifests() []*manifest.Manifest { return nil }

// Folder returns the folder of a module, where locales/ is; NotFound.
func (h *Host) Folder(id ids.ModuleID) (string, error) { return "", errSoon }

// Refused lists the folders that are no valid module, with the reason.
func (h *Host) Refused() []Refusal { return nil }

// Refusal says why a folder was left out of the catalogue.
type Refusal struct {
	Folder string
	Err    error
}

// Enabled lists the modules a school switched on, by id.
func (h *Host) Enabled(school ids.SchoolID) []ids.ModuleID { return nil }

// Enable switches a module on for a school; NotFound when it is not in the catalogue.
func (h *Host) Enable(ctx context.Context, school ids.SchoolID, module ids.ModuleID) error {
	return errSoon
}

// Disable switches it off: from then on none of its addresses exists there.
// Its data stays.
func (h *Host) Disable(ctx context.Context, school ids.SchoolID, module ids.ModuleID) error {
	return errSoon
}

// Settings returns a school's settings of a module, defaults filled in.
func (h *Host) Settings(ctx context.Context, school ids.SchoolID, module ids.ModuleID) (json.RawMessage, error) {
	return nil, errSoon
}

// SetSettings validates and stores them; Invalid names the fields.
func (h *Host) SetSettings(ctx context.Context, school ids.SchoolID, module ids.ModuleID, value json.RawMessage) error {
	return errSoon
}

// Route finds a declared address; NotFound when the school did not enable the
// module or its manifest does not declare method and path.
func (h *Host) Route(school ids.SchoolID, module ids.ModuleID, method, path string) (Route, error) {
	return Route{}, errSoon
}

// Open sends a page request down the lane. Of r, method, query, headers and
// body are used; the path is the route's. The answer's Body (or Conn) must be
// closed: the call handle lives until then. When it is closed r.Body is no
// longer read.
func (h *Host) Open(ctx context.Context, caller Caller, route Route, r *http.Request) (*Answer, error) {
	return nil, errSoon
}

// Widget asks a module for one widget. Denied without its permission, Timeout
// when ctx's deadline passes.
func (h *Host) Widget(ctx context.Context, call WidgetCall) (*wire.Node, error) { return nil, errSoon }

// Calendar gathers the entries of every module that offers a calendar, that the
// school enabled and that the caller may read, but except; missing lists those
// that did not answer in time.
func (h *Host) Calendar(ctx context.Context, caller Caller, from, to time.Time, except ...ids.ModuleID) (entries []Entries, missing []ids.ModuleID, err error) {
	return nil, nil, errSoon
}

// Link resolves the secret of a personal link (/lien/<secret>) and notes its
// use; NotFound when it was revoked or never was.
func (h *Host) Link(ctx context.Context, secret string) (Link, error) { return Link{}, errSoon }

// Subscribers implements [events.Target].
func (h *Host) Subscribers(school ids.SchoolID, name string) []ids.ModuleID { return nil }

// Deliver implements [events.Target].
func (h *Host) Deliver(ctx context.Context, module ids.ModuleID, e events.Event) error {
	return errSoon
}
