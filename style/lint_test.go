package style

import (
	"os"
	"strings"
	"testing"
)

func TestGofmt(t *testing.T) {
	var files []string
	for _, p := range packages(t) {
		for _, f := range append(append(p.GoFiles, p.TestGoFiles...), p.XTestGoFiles...) {
			files = append(files, p.Dir+"/"+f)
		}
	}
	if out := run(t, "gofmt", append([]string{"-l"}, files...)...); out != "" {
		t.Errorf("gofmt would change:\n%s", out)
	}
}

func TestVet(t *testing.T) { run(t, "go", "vet", "./...") }

func TestStaticcheck(t *testing.T) { run(t, "go", "tool", "staticcheck", "./...") }

// TestFileSize keeps one concept to a file: 300 lines is the end of patience,
// 150 the habit.
func TestFileSize(t *testing.T) {
	for _, p := range packages(t) {
		for _, f := range p.sources() {
			src, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(src), "\n"); n > 300 {
				t.Errorf("%s has %d lines: which concept can move out?", f, n)
			}
			for _, word := range []string{"TODO", "FIXME", "XXX"} {
				if strings.Contains(string(src), word) {
					t.Errorf("%s holds %s: finish it, or file an issue", f, word)
				}
			}
		}
	}
}
