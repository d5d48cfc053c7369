package bolt_test

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"

	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/store/storetest"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerFolder); dir != "" {
		fmt.Fprintln(os.Stderr, write(dir)) // only when it fails
		os.Exit(1)
	}
	goleak.VerifyTestMain(m)
}

func openEngine(dir string) (store.Engine, error) { return bolt.Open(dir) }

func openIn(t testing.TB, dir string) store.Engine {
	t.Helper()
	e, err := openEngine(dir)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEngine(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Engine { return openIn(t, storetest.Folder(t)) })
}
