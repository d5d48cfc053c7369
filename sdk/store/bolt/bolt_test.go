package bolt_test

import (
	"testing"

	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/store/storetest"
)

func openIn(t testing.TB, dir string) *bolt.Engine {
	t.Helper()
	e, err := bolt.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEngine(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Engine { return openIn(t, storetest.Folder(t)) })
}
