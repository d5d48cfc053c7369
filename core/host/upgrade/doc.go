// Package upgrade holds what the host needs to put one version of a module in
// the place of another: the gate that holds requests back meanwhile, the copies
// of the data by which a failed attempt is undone, and the journal by which one
// is found after a crash.
package upgrade
