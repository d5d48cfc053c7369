package draw

import (
	"testing"

	"github.com/preau-ent/preau/sdk/ui"
)

func TestEveryIconHasLines(t *testing.T) {
	for _, name := range ui.Icons() {
		if lines[name] == "" {
			t.Errorf("nothing is drawn for icon %s", name)
		}
	}
}
