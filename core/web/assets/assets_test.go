package assets

import (
	"bytes"
	"compress/gzip"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"github.com/preau-ent/preau/core/web/assets/pack"
)

func TestDistIsCurrent(t *testing.T) {
	cmd := exec.Command("go", "run", "./core/web/assets/build", "-check")
	cmd.Dir = "../../.."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func TestScriptsAreLight(t *testing.T) {
	total := 0
	for _, f := range byName {
		if strings.HasSuffix(f.Name, ".js") {
			total += len(f.Brotli)
		}
	}
	if total == 0 || total > 20<<10 {
		t.Errorf("scripts are %d bytes compressed, at most 20 KiB are agreed", total)
	}
}

func TestCompressedIsTheSame(t *testing.T) {
	for _, f := range byName {
		if strings.HasSuffix(f.Name, ".woff2") || strings.HasSuffix(f.Name, ".png") { // compressed by its nature
			continue
		}
		if got, err := io.ReadAll(brotli.NewReader(bytes.NewReader(f.Brotli))); err != nil || !bytes.Equal(got, f.Body) {
			t.Errorf("%s: brotli differs: %v", f.Name, err)
		}
		r, err := gzip.NewReader(bytes.NewReader(f.Gzip))
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, f.Body) {
			t.Errorf("%s: gzip differs: %v", f.Name, err)
		}
		if pack.Name(pack.Plain(f.Name), f.Body) != f.Name {
			t.Errorf("%s is not named after its content", f.Name)
		}
		if f.Type == "" {
			t.Errorf("%s has no media type", f.Name)
		}
	}
}

func TestUnknownAssetIsNotFound(t *testing.T) {
	for _, name := range []string{"", "app.js", "../dist", "dist"} {
		if _, ok := Get(name); ok {
			t.Errorf("%q is served", name)
		}
	}
}
