package draw

import (
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/ui"
)

// TestMovesStandBeforeAllElse: the ways to another week are one group, as in a
// calendar, before the main button; their words are read.
func TestMovesStandBeforeAllElse(t *testing.T) {
	bar := ui.Toolbar(ui.To("/pdf", "print"), append(
		ui.Moves(ui.To("/avant", "before"), ui.To("/", "today"), ui.To("/apres", "after")), ui.To("/classes", "classes"))...)
	got := string(drawn(t, sample(t), bar))
	for _, part := range []string{`class="cal-move"`, `/avant"`, `title="⟦before⟧"`, `<span class="vh">⟦before⟧</span>`, `<span>⟦today⟧</span>`,
		`/apres"`, `<span class="vh">⟦after⟧</span>`, "</div>", "button primary", `<span>⟦print⟧</span>`, `<span>⟦classes⟧</span>`} {
		_, rest, found := strings.Cut(got, part)
		if !found {
			t.Fatalf("no %s, or before its turn, in\n%s", part, drawn(t, sample(t), bar))
		}
		got = rest
	}
	if plain := string(drawn(t, sample(t), ui.Toolbar(nil, ui.To("/classes", "classes")))); strings.Contains(plain, "cal-move") {
		t.Error("a bar without moves has their group")
	}
}
