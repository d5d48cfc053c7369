// Package process runs one module as a go-plugin process: launch, handshake,
// activation, and an end that leaves nothing behind.
//
// What go-plugin does not do by itself is done here: a fresh configuration at
// each start, sockets in a short private folder, no environment of the core's,
// message limits, a lifeline pipe by which the module sees the core die, and a
// parent-death signal for modules that do not look.
package process
