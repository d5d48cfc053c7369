package home

import (
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// State says how a widget is shown right now.
type State string

// The states.
const (
	OK      State = "ok"
	Empty   State = "empty"   // it answered, and there is nothing to show
	Partial State = "partial" // it answered with a kind this core cannot draw
	Locked  State = "locked"  // this person may not see it
	Late    State = "late"    // it will arrive by itself
	Error   State = "error"   // it did not answer, or answered garbage
	Sample  State = "sample"  // an example: nobody's data
)

// Copy is one answer of a widget, drawn; it never changes once made.
type Copy struct {
	State State
	Node  *wire.Node // nil unless ok, empty or partial
	HTML  []byte     // the drawn body of Node
	At    time.Time  // when it was asked for
	Good  time.Time  // error: when the last good copy was made; may be zero
	Halt  bool       // error: the module was stopped by hand
	Aside bool       // error: the module was put aside and does not come back by itself
	mark  uint64     // of the invalidations, when it was asked for
	until time.Time  // fresh until
}

// Placed is a placement with what it shows.
type Placed struct {
	Placement
	Offer *Offer
	*Copy
}

// stateOf returns how a node that was answered is shown.
func stateOf(n *wire.Node) State {
	if n.GetPartial() {
		return Partial
	}
	switch k := n.GetKind().(type) {
	case nil:
		if n.GetEmpty() != nil {
			return Empty
		}
		return Partial
	case *wire.Node_List:
		return filled(len(k.List.GetItems()))
	case *wire.Node_Agenda:
		return filled(len(k.Agenda.GetEntries()))
	case *wire.Node_Checklist:
		return filled(len(k.Checklist.GetItems()))
	case *wire.Node_Links:
		return filled(len(k.Links.GetLinks()))
	case *wire.Node_Table:
		return filled(len(k.Table.GetRows()))
	case *wire.Node_Chart:
		return filled(len(k.Chart.GetSeries()))
	case *wire.Node_Timeline:
		return filled(len(k.Timeline.GetEvents()))
	case *wire.Node_Files:
		return filled(len(k.Files.GetFiles()))
	case *wire.Node_People:
		return filled(len(k.People.GetPeople()))
	case *wire.Node_Markdown:
		return filled(len(k.Markdown.GetSource()))
	}
	return OK
}

func filled(n int) State {
	if n == 0 {
		return Empty
	}
	return OK
}

// stateOfError tells a missing right from a failure.
func stateOfError(err error) State {
	if errors.KindOf(err) == errors.Denied {
		return Locked
	}
	return Error
}
