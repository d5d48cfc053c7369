// Package egress is the way out as both sides speak it: a module sends requests
// whose line names the whole address ("GET https://host/path HTTP/1.1") to a
// Unix socket, with the handle of its call, and the core sends them on when the
// host is one that the module may reach. Modules have no need of it: they use
// the client of sdk.Scope.
//
// An answer of the core carries [wire.HeaderEgress]: "ok" when it came from
// outside, else the kind of the error that its body tells. One that is cut
// short is broken off, so that nobody takes it for whole.
package egress
