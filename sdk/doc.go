// Package sdk is what a module of Préau is written with. A module is a program
// of its own: it describes pages and widgets as typed trees (package ui), keeps
// each school's data in a store (package store) and asks the core for the rest
// through the clients of its [Scope].
//
//	func main() {
//		m := sdk.New()
//		m.Page("GET /", func(r *sdk.Request) (*ui.Page, error) { … })
//		m.Widget("bonjour", func(r *sdk.WidgetRequest) (*ui.Node, error) { … })
//		sdk.Serve(m)
//	}
//
// # Lifecycle
//
// The core starts one process for each version of a module; it serves every
// school that enabled the module. [Serve] leads it through six steps:
//
//  1. Describe. Before anything runs the core reads module.yaml, which lies
//     next to the executable; routes, widgets, permissions and capabilities
//     that are not declared there do not exist.
//  2. Start. The core starts the executable with the handshake cookie of
//     package wire, a socket for the control lane (gRPC over go-plugin) and, on
//     descriptor 3, the lifeline: a pipe that the core holds open. When it
//     closes the core is gone and the process ends at once.
//  3. Activate. The core gives the module its folder, the address of its page
//     socket and the way to the core's services. Stores open, the page socket
//     listens, and events left in outboxes by an earlier process go out.
//  4. Serve. Widgets, calendars and events come by gRPC; pages, forms and files
//     by HTTP/1.1 on the page socket. Each call carries its [Viewer], as the
//     core found them, and a handle with which the module may call back for as
//     long as the call lasts. A handler that panics costs one answer.
//  5. Drain. On the core's call or SIGTERM: no new work, answers under way are
//     finished, streams are told to end, outboxes are flushed, stores close.
//  6. Stop. The process ends. A module killed before step 5 loses nothing that
//     a store acknowledged, and delivers its events at the next step 3.
//
// # Errors
//
// Handlers return errors of package errors: their kind becomes the status, their
// key and fields reach the page, their cause only the log. Anything else is a
// bug of the module and says nothing to the visitor.
package sdk
