package draw

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/golden anew")

// TestGolden compares the markup of every kind of node with what was looked at
// and found good. After a change that is meant: go test -update, and read the
// difference.
func TestGolden(t *testing.T) {
	for name, n := range sampleKinds() {
		got := []byte(drawn(t, sample(t), n) + "\n")
		file := filepath.Join("testdata", "golden", name+".html")
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			i := 0
			for i < len(got) && i < len(want) && got[i] == want[i] {
				i++
			}
			t.Errorf("%s differs at byte %d:\n got …%s\nwant …%s", name, i, clip(got, i), clip(want, i))
		}
	}
}

func clip(b []byte, i int) []byte { return b[max(0, i-60):min(len(b), i+120)] }
