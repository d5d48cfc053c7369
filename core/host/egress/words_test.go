package egress

import (
	"os"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/locale"
)

// TestWords: every key that a module may be told of the way out is in the
// core's catalogues.
func TestWords(t *testing.T) {
	key := regexp.MustCompile(`"(egress\.[a-z]+)"`)
	words, err := locale.New()
	check(t, err)
	var keys []string
	for _, folder := range []string{".", "../../../sdk/egress", "../../../sdk"} {
		files, err := os.ReadDir(folder)
		check(t, err)
		for _, f := range files {
			if f.IsDir() {
				continue
			}
			src, err := os.ReadFile(folder + "/" + f.Name())
			check(t, err)
			for _, m := range key.FindAllStringSubmatch(string(src), -1) {
				keys = append(keys, m[1])
			}
		}
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	if len(keys) < 10 {
		t.Fatalf("only %v", keys)
	}
	for _, lang := range []string{"fr", "en"} {
		say := words.Speaker(lang, time.UTC, time.Now())
		for _, k := range keys {
			if !say.Has(k) {
				t.Errorf("%s: no words for %s", lang, k)
			}
		}
	}
}
