package host

import (
	"testing"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// TestEntriesLeaveTheirModuleInWords: a key means nothing outside its module's
// catalogue; what a person wrote stays as it is.
func TestEntriesLeaveTheirModuleInWords(t *testing.T) {
	entries := []*wire.Entry{
		{Title: ui.T("devoirs.entry", "n", 2), Detail: ui.S("Salle 12"), Link: ui.To("/", "devoirs.open")},
		{Title: ui.S("Sortie")},
	}
	spell(entries, func(w *wire.Text) string { return "«" + w.Key + "»" })
	for _, c := range []struct{ got, want *wire.Text }{
		{entries[0].Title, ui.S("«devoirs.entry»")},
		{entries[0].Detail, ui.S("Salle 12")},
		{entries[0].Link.Label, ui.S("«devoirs.open»")},
		{entries[1].Title, ui.S("Sortie")},
	} {
		if c.got.Key != "" || len(c.got.Args) > 0 || c.got.Plain != c.want.Plain {
			t.Errorf("got %v, want %v", c.got, c.want)
		}
	}
}
