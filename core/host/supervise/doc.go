// Package supervise keeps one process running: it starts it, watches it end or
// stop answering, and starts it again after a pause that grows while it keeps
// failing. It also keeps the last lines the process wrote.
//
// The states, in the order in which a healthy life meets them:
//
//	starting     launched, not yet activated
//	serving      activated and answering
//	degraded     running, but the last ping was not answered
//	backing-off  ended or killed; the next start waits
//	stopped      told to stop
package supervise
