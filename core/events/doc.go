// Package events carries what happened from where it was written to whoever
// subscribed: modules, at least once, kept in the core's store until delivered
// or until the school switches the module off; and parts of the core in the
// same process (the home cache, say), at once.
//
// An event a module cannot digest is tried again with growing pauses a bounded
// number of times, then set aside and logged; the others do not wait for it.
package events
