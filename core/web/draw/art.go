package draw

import (
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// artOf names the drawing for an empty node: those of the folder art of the
// assets.
func artOf(n *ui.Node) string {
	switch n.GetKind().(type) {
	case *wire.Node_Agenda, *wire.Node_Calendar:
		return "agenda"
	case *wire.Node_Checklist:
		return "fait"
	case *wire.Node_People, *wire.Node_Thread:
		return "personnes"
	case *wire.Node_Files:
		return "dossier"
	case *wire.Node_Table, *wire.Node_Chart:
		return "courbe"
	}
	return "calme"
}
