package draw

import (
	"time"

	"github.com/preau-ent/preau/core/web/assets"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// Addresses of the home page.
const (
	// Arrange takes one change of the layout: geste=avant|apres|place|taille|
	// cacher|ajouter|retablir|annuler, instance=<instance> (ajouter: widget=<module.w>),
	// valeur=<size, or for place the index counted from 0>. Answers 303 to
	// /?organiser=1 with the fragment of what was changed, or 204 to a request with Accept: application/json.
	Arrange = "/accueil/disposition"
	// HomeMode takes mode=guide|expert.
	HomeMode = "/accueil/mode"
	// LateWidget + instance answers a widget's section (GET).
	LateWidget = "/accueil/widget/"
	// EditHome is the home page with its handles.
	EditHome = "/?organiser=1"
)

// WidgetAnchor is the id of a widget's section: while the page is arranged it
// takes the focus.
func WidgetAnchor(instance string) string { return "w-" + instance }

// UndoAnchor is the id of the button that undoes.
const UndoAnchor = "geste-annuler"

// State is how a widget is on the home page: the value of data-state.
type State string

// The states.
const (
	OK      State = "ok"
	Empty   State = "empty"   // nothing to show, Node.Empty says what to do
	Partial State = "partial" // Node is there, but not all of it
	Locked  State = "locked"  // the viewer may not
	Late    State = "late"    // it comes afterwards, from LateWidget
	Broken  State = "error"
)

// Widget is one widget in its place.
type Widget struct {
	Instance string
	Module   ids.ModuleID
	ID       string // inside the module
	Name     string // in words
	Icon     string
	Size     ui.Size
	State    State
	Node     *ui.Node // nil when there is none to show
	// Drawn is what WidgetBody wrote for Node: drawn instead of it when set.
	Drawn []byte
	// Section is what WidgetSection wrote: taken as it is, unless the page is
	// being arranged.
	Section []byte
	// At is when Node was good, shown when the state is Broken or Partial.
	At time.Time
	// Halted says that a Broken one was stopped by hand.
	Halted bool
	// Pinned may not be hidden; Fixed may neither be moved nor resized.
	Pinned, Fixed bool
	// Sizes the widget knows, for the arranging.
	Sizes []ui.Size
}

// brokenKey says why there is nothing new.
func (w *Widget) brokenKey() string {
	if w.Halted {
		return "draw.widget.halted"
	}
	return "draw.widget.error"
}

// Offer is a widget of the catalogue.
type Offer struct {
	Widget  string // module.id
	Name    string
	Summary string
	Icon    string
}

// HomePage is the home page of a person.
type HomePage struct {
	Greeting string // title of the page: "Bonjour Camille"
	Expert   bool
	Editing  bool // shows handles, sizes, catalogue (expert only)
	Changed  bool // the person has changed the school's layout
	Undo     bool // there is a last change to undo
	Widgets  []*Widget
	Offers   []Offer
}

// scripts are the page's own, and htmx when a widget has to be fetched.
func (h *HomePage) scripts() []string {
	for _, w := range h.Widgets {
		if w.State == Late && !h.Editing {
			return []string{assets.Path("htmx.js"), assets.Path("app.js")}
		}
	}
	return []string{assets.Path("app.js")}
}

func (h *HomePage) title(c *Context) string {
	if h.Editing {
		return c.t("draw.home.editing")
	}
	if h.Greeting != "" {
		return h.Greeting
	}
	return c.t("draw.home")
}

func (h *HomePage) otherMode() string {
	if h.Expert {
		return "guide"
	}
	return "expert"
}
