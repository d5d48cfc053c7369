//go:build race

package confine_test

// raced says that the launcher carries the race detector: it then leaves out the
// limit of memory, which the detector itself would break.
const raced = true
