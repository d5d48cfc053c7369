package atelier

import (
	"io"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ui"
)

// outside shows what stands at an address.
func outside(r *sdk.Request) (*ui.Page, error) {
	a, err := r.Outside.Client().Get(r.FormValue("u"))
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		return nil, err
	}
	return ui.NewPage("atelier.title", ui.TextOf(ui.S(a.Status)), ui.TextOf(ui.S(string(text[:min(len(text), 200)])))), nil
}
