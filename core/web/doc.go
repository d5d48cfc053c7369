// Package web is the web application of the core, the only place that knows
// Fiber. What happens to a request, in this order:
//
//  1. recovery, request id, security headers, access log (middleware_*.go);
//  2. the route, out of the one table in routes.go, which names the permission
//     each route asks for or marks it public;
//  3. the session behind the cookie, hence the viewer;
//  4. on an unsafe method, the origin;
//  5. the permission, then the size of the body;
//  6. the handler: one per file, named noun_verb.go.
//
// Pages of the core are written as package visit says. Pages of modules come
// through the page lane (lane_*.go): the tree a module answers is validated and
// drawn, anything else streams through. Fiber's strings change after a handler
// has returned: the application is Immutable, and what goes on living in a
// stream is copied before.
package web
