// Package bolt keeps each school's space in one bbolt file, <dir>/<school>.db,
// owned by one process at a time. It implements [store.Engine].
//
// # Files
//
// A file is made under another name and linked to its own when it is complete,
// so a crash never leaves half a space behind. Files are opened at the first
// [Engine.Open] of their school, inside the folder only (os.Root: no school's
// name and no link leads out of it), and locked: a second process waits a moment,
// then gets Unavailable. Each file has two buckets: "data", the ordered space,
// and "outbox", the events by ID.
//
// # Writes
//
// bbolt has one writer per file and syncs the disk at each commit. Updates that
// arrive while another runs share its commit (see group.go): each function runs
// in its own goroutine, one after the other, on one bbolt transaction; the last in
// line commits for all. A lone writer commits at once, without the fixed delay
// that bbolt's own Batch waits for company. A function that fails is undone
// alone.
//
// # Reads
//
// A View is an MVCC snapshot and takes no lock that a writer wants, with one
// exception: when the file outgrows its memory map, bbolt waits for all readers to
// map it anew. So the map is 1 GiB from the start, far more than the texts of a
// school take. It is address space, not memory: 850 schools reserve 850 GiB of the
// 128 TiB that a 64-bit process has.
package bolt
