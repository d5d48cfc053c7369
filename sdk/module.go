package sdk

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/preau-ent/preau/sdk/ui"
)

// The functions of a module. All may run at the same time, for many schools.
type (
	// PageFunc answers a page route with a tree that the core draws.
	PageFunc func(r *Request) (*ui.Page, error)
	// DoFunc answers a form or an action.
	DoFunc func(r *Request) (*Answer, error)
	// WidgetFunc answers one widget of someone's home page.
	WidgetFunc func(r *WidgetRequest) (*ui.Node, error)
	// CalendarFunc answers what this module adds to someone's calendar.
	CalendarFunc func(r *CalendarRequest) ([]*ui.Entry, error)
	// EventFunc takes an event. It may come again after an error or a crash.
	EventFunc func(ctx context.Context, e *Event) error
)

// Module holds the functions of one module; make it with [New], fill it, give
// it to [Serve]. It may not be changed afterwards.
type Module struct {
	routes   []route
	widgets  map[string]WidgetFunc
	calendar CalendarFunc
	tasks    TasksFunc
	search   SearchFunc
	events   map[string]EventFunc
	steps    map[int]MigrateFunc // by the schema they lead to
}

// route is a pattern with the handler that the runtime wraps.
type route struct {
	pattern string
	page    PageFunc
	do      DoFunc
	plain   http.Handler
}

// New returns an empty module.
func New() *Module {
	return &Module{widgets: map[string]WidgetFunc{}, events: map[string]EventFunc{}, steps: map[int]MigrateFunc{}}
}

// Page adds a page at a pattern of [http.ServeMux], "GET /devoir/{id}": its path
// is that inside the module. A pattern that collides with an earlier one panics
// when the module starts.
func (m *Module) Page(pattern string, f PageFunc) {
	m.routes = append(m.routes, route{pattern: pattern, page: f})
}

// Do adds a form's or action's target, "POST /devoir/{id}/rendre".
func (m *Module) Do(pattern string, f DoFunc) {
	m.routes = append(m.routes, route{pattern: pattern, do: f})
}

// Handle adds a plain handler: files, feeds, streams, WebSockets. [RequestOf]
// finds viewer, store and clients.
func (m *Module) Handle(pattern string, h http.Handler) {
	m.routes = append(m.routes, route{pattern: pattern, plain: h})
}

// Widget adds the widget that module.yaml declares under this id.
func (m *Module) Widget(id string, f WidgetFunc) { m.widgets[id] = f }

// Calendar adds what module.yaml promises with "interfaces: [calendar]".
func (m *Module) Calendar(f CalendarFunc) { m.calendar = f }

// On takes the events of this name, which module.yaml subscribes to.
func (m *Module) On(event string, f EventFunc) { m.events[event] = f }

// interfaces names what this module answers, for Describe.
func (m *Module) interfaces() []string {
	var names []string
	if len(m.widgets) > 0 {
		names = append(names, "widgets")
	}
	if m.calendar != nil {
		names = append(names, "calendar")
	}
	if m.tasks != nil {
		names = append(names, "tasks")
	}
	if m.search != nil {
		names = append(names, "search")
	}
	if len(m.events) > 0 {
		names = append(names, "events")
	}
	return names
}

// widgetIDs returns the ids of the widgets, sorted.
func (m *Module) widgetIDs() []string { return slices.Sorted(maps.Keys(m.widgets)) }
