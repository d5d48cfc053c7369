// Package host runs the modules of a Préau: it reads their folders, starts one
// process per module for all schools, keeps it alive, and is the only way in
// and out of it.
//
// A call goes through these steps, in this order:
//
//  1. [Host.Route] says whether the school enabled the module and the manifest
//     declares the address; what is not declared does not exist.
//  2. The caller's permission is checked, then again here: deny by default.
//  3. A call handle is drawn: 128 random bits that stand for (module, school,
//     viewer) while the call lasts. What a module asks of the core carries it,
//     and the core derives everything from it.
//  4. Pages go down the page lane ([Host.Open], HTTP on a private socket),
//     widgets, calendars and events down the control lane (gRPC), each with a
//     deadline and a bound on how many may wait for one module.
//  5. The answer is cleaned, and the handle forgotten.
//
// The parts: lane (page lane), process (one go-plugin process), supervise
// (keeps a process running), calls (handles), services (what modules may ask),
// upgrade (gate, copies and journal of a change of version: see [Host.Upgrade]).
package host
