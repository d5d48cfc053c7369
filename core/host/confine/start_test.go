package confine_test

import (
	"os"
	"testing"

	"github.com/preau-ent/preau/core/host/confine"
	"github.com/preau-ent/preau/core/host/process"
)

// BenchmarkStart is the time from nothing to the end of a program that does
// next to nothing: unconfined, and confined by this test binary or by the
// program that PREAU_LAUNCHER names.
func BenchmarkStart(b *testing.B) {
	l, err := confine.New(confine.Config{Program: os.Getenv("PREAU_LAUNCHER")})
	check(b, err)
	for _, c := range []struct {
		name string
		with process.Launcher
	}{{"direct", process.Direct{}}, {"confined", l}} {
		b.Run(c.name, func(b *testing.B) {
			at := launch(b)
			for b.Loop() {
				if said, err := run(b, c.with, at, "nothing"); err != nil || said != "" {
					b.Fatal(said, err)
				}
			}
		})
	}
}
