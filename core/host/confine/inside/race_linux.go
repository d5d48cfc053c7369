//go:build race

package inside

// raced says that the launcher carries the race detector, whose own memory is
// more than any limit on it that is meant for modules.
const raced = true
