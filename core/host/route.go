package host

import (
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Route finds a declared address; NotFound when the school did not enable the
// module or its manifest does not declare method and path. The path is that
// inside the module, decoded.
func (h *Host) Route(school ids.SchoolID, module ids.ModuleID, method, path string) (Route, error) {
	e := h.known().modules[module]
	if e == nil || !h.IsEnabled(school, module) {
		return Route{}, errors.New(errors.NotFound, "host.noroute")
	}
	r, ok := e.manifest.Match(method, path)
	if !ok {
		return Route{}, errors.New(errors.NotFound, "host.noroute")
	}
	return Route{School: school, Module: module, Path: path, Permission: r.Permission,
		Upload: int64(r.Upload), Stream: r.Stream, Link: r.Link, Offline: r.Offline}, nil
}
