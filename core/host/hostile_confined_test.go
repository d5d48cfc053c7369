package host_test

import (
	"testing"

	"github.com/preau-ent/preau/core/host/confine"
	"github.com/preau-ent/preau/core/host/process"
)

// confined is the launcher of the product.
func confined(t *testing.T) process.Launcher {
	t.Helper()
	l, err := confine.New(confine.Config{})
	check(t, err)
	return l
}
