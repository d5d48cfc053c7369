package storetest

import (
	"sync"
	"testing"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Opener opens an engine on the data that belongs to t. Called again with the
// same t once the first engine is closed, it finds what was written; with
// another t, it finds nothing. [Folder] helps.
type Opener func(t *testing.T) store.Engine

// Run runs the suite, a subtest for each promise of an engine.
func Run(t *testing.T, open Opener) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Opener)
	}{
		{"GetPutDelete", getPutDelete},
		{"Limits", limits},
		{"LargeValues", largeValues},
		{"SlicesAreCopies", slicesAreCopies},
		{"ScanOrderAndBounds", scanOrderAndBounds},
		{"ScanWhileWriting", scanWhileWriting},
		{"ScanLikeAMap", scanLikeAMap},
		{"ReadsItsOwnWrites", readsItsOwnWrites},
		{"ViewRefusesWrites", viewRefusesWrites},
		{"TransactionEnds", transactionEnds},
		{"ErrorKeepsNothing", errorKeepsNothing},
		{"PanicKeepsNothing", panicKeepsNothing},
		{"CancelledKeepsNothing", cancelledKeepsNothing},
		{"FailureUndoesItselfAlone", failureUndoesItselfAlone},
		{"SchoolsAreApart", schoolsAreApart},
		{"ImpossibleSchools", impossibleSchools},
		{"Spaces", spaces},
		{"DurableAfterReopen", durableAfterReopen},
		{"Drop", drop},
		{"ClosedEngine", closedEngine},
		{"ConcurrentCounters", concurrentCounters},
		{"ConcurrentSchools", concurrentSchools},
		{"ViewIsASnapshot", viewIsASnapshot},
		{"LongReaderBlocksNobody", longReaderBlocksNobody},
		{"OutboxOrder", outboxOrder},
		{"OutboxIsTransactional", outboxIsTransactional},
		{"OutboxRedelivers", outboxRedelivers},
		{"OutboxOrderAcrossWriters", outboxOrderAcrossWriters},
		{"BackupRestores", backupRestores},
		{"BackupIsConsistent", backupIsConsistent},
		{"RestoreRefuses", restoreRefuses},
		{"Collections", collections},
		{"Schemas", schemas},
		{"SchemaIsTransactional", schemaIsTransactional},
		{"Rewrite", rewrite},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, open) })
	}
}

var folders sync.Map // of *testing.T

// Folder returns a temporary folder, the same one each time for the same t.
func Folder(t *testing.T) string {
	if dir, ok := folders.Load(t); ok {
		return dir.(string)
	}
	dir := t.TempDir()
	folders.Store(t, dir)
	t.Cleanup(func() { folders.Delete(t) })
	return dir
}

const (
	school = ids.SchoolID("0750001A")
	other  = ids.SchoolID("0750002B")
)

// engine opens the engine of t and closes it at the end of the test.
func engine(t *testing.T, open Opener) store.Engine {
	t.Helper()
	e := open(t)
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return e
}

// space opens an engine and a school's space.
func space(t *testing.T, open Opener) store.Space {
	t.Helper()
	return spaceOf(t, engine(t, open), school)
}

func spaceOf(t *testing.T, e store.Engine, school ids.SchoolID) store.Space {
	t.Helper()
	s, err := e.Open(t.Context(), school)
	if err != nil {
		t.Fatalf("Open(%s): %v", school, err)
	}
	return s
}
