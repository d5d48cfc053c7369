// Package ids holds the identifiers that core and modules share. Each has a
// type of its own, so that a school is never passed where a person is meant.
package ids
