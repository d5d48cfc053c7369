// Package supervise keeps one process running: it starts it, watches it end or
// stop answering, and starts it again after a pause that grows while it keeps
// failing. A process that fails too often is put aside until somebody asks for
// it. It also keeps the last lines the process wrote.
//
// The states, in the order in which a healthy life meets them:
//
//	starting     launched, not yet activated
//	serving      activated and answering
//	degraded     running, but the last ping was not answered
//	backing-off  ended or killed; the next start waits
//	quarantined  failed too often, or hopelessly: no start but by [Supervisor.Restart]
//	stopped      told to stop
//
// and the steps between them are those of [State.To]. Only a process that is
// serving or degraded is given out to be called.
package supervise
