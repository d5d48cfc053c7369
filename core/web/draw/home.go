package draw

import (
	"net/url"

	"github.com/preau-ent/preau/core/web/assets"
	"github.com/preau-ent/preau/sdk/ui"
)

// Addresses of the home page.
const (
	// Arrange takes one change of a person's page: geste=avant|apres|place|taille|
	// cacher|ajouter|retablir|annuler|refaire and those of further pages,
	// instance=<instance> (ajouter: widget=<module.w>), valeur=<size, or for place
	// the index counted from 0>, page=<further page>. Answers 303 to the arranging
	// page with the fragment of what was changed, or 204 to a request with Accept:
	// application/json.
	Arrange = "/accueil/disposition"
	// HomeMode takes mode=guide|expert.
	HomeMode = "/accueil/mode"
	// LateWidget + instance answers a widget's section (GET).
	LateWidget = "/accueil/widget/"
	// Glimpse + widget answers what the catalogue shows of a late widget (GET).
	Glimpse = "/accueil/apercu/"
	// HomeCatalogue is the catalogue of a person's page, ?page=.
	HomeCatalogue = "/accueil/catalogue"
	// HomeBlock is the settings of one block of a person's page, ?instance= ?page=.
	HomeBlock = "/accueil/bloc"
	// EditHome is the home page with its handles.
	EditHome = "/?organiser=1"
	// SchoolHome is the page of a profile as the school arranges it, ?profil=; it
	// takes the gestures of Arrange and epingler|verrouiller|liberer.
	SchoolHome = "/administration/accueil"
	// SchoolCatalogue and SchoolBlock are those of the school's page.
	SchoolCatalogue = SchoolHome + "/catalogue"
	SchoolBlock     = SchoolHome + "/bloc"
)

// HomeAt is the address of a further page, of the first when sheet is empty.
func HomeAt(sheet string) string {
	if sheet == "" {
		return "/"
	}
	return "/?" + url.Values{"page": {sheet}}.Encode()
}

// EditAt is the address of a page with its handles.
func EditAt(sheet string) string {
	if sheet == "" {
		return EditHome
	}
	return EditHome + "&" + url.Values{"page": {sheet}}.Encode()
}

// WidgetAnchor is the id of a widget's section: while the page is arranged it
// takes the focus.
func WidgetAnchor(instance string) string { return "w-" + instance }

// Ids of what takes the focus after a gesture that is no widget's.
const (
	UndoAnchor   = "geste-annuler"
	SheetsAnchor = "pages"
)

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
	Sample  State = "sample" // an example, nobody's data; Node may be nil
)

// HomePage is the home page of a person, or a school's page for a profile.
type HomePage struct {
	Greeting string     // title of the page: "Bonjour Camille"
	Name     string     // of the document, when it is not the first page
	Lead     string     // a sentence under it, or ""
	Intro    int        // step of the introduction, 0 for none
	Crumbs   []*ui.Link // the way back, on a school's page
	Expert   bool
	Mine     bool       // a person's own: modes and tools are offered
	Tabs     []TabGroup // pages of the expert; profiles of the school
	Views    TabGroup   // ways to look at one of the school's, beside its title
	Tools    []Tool     // an expert's quick ways, drawn when there are any
	Widgets  []*Widget
	Edit     *Arranging // nil unless the page is being arranged
	EditHref string     // of the arranging page; "" offers none
}

// TabGroup is a row of links of which one is the page that is shown.
type TabGroup struct {
	Label string // for whoever does not see the row
	Links []TabLink
}

// TabLink is one of a row.
type TabLink struct {
	Href, Label string
	Current     bool
}

// Tool is a quick way to something an expert uses.
type Tool struct{ Href, Label, Icon string }

// Arranging is where the changes of a page go and which ones are offered.
type Arranging struct {
	Action    string // takes the gestures
	Carry     Carried
	Done      string // address of the page when it is finished
	DoneLabel string
	Catalogue string // address; "" for none
	Block     string // address of a block's settings, the instance is added to it
	Undo      bool   // there is a last change to undo
	Redo      bool   // there is an undone one to bring back
	Reset     string // words of the button that takes all changes back; "" offers none
	Changed   bool   // there are changes to take back
	Holds     bool   // offers to pin and to lock
	Sheets    *Sheets
}

// Carried is the hidden field that every form of a page carries; no name: none.
type Carried struct{ Name, Value string }

// query is the field as the script of the grid sends it.
func (c Carried) query() string {
	if c.Name == "" {
		return ""
	}
	return url.Values{c.Name: {c.Value}}.Encode()
}

// Sheets is what an expert does with further pages.
type Sheets struct {
	Name        string   // of the shown further page; "" on the first
	First, Last bool     // it is the first or last of them
	Full        bool     // there cannot be more
	Ideas       []string // names that others give
}

// Offered is a widget of the catalogue.
type Offered struct {
	*Widget
	Kind    string // module.id
	Summary string
	Here    int  // how many of it are on the page
	Several bool // it may stand there once more
}

// CataloguePage lists what may be placed on a page.
type CataloguePage struct {
	Title, Lead string
	Crumbs      []*ui.Link
	Groups      []OfferedGroup
	Action      string
	Carry       Carried
	Late        string // address of what is late, the widget is added to it
}

// OfferedGroup is the widgets of one module.
type OfferedGroup struct {
	ID, Name string
	Offers   []Offered
}

// ownScripts is the one script of every page.
var ownScripts = []string{assets.Path("app.js")}

func (h *HomePage) title(c *Context) string {
	if h.Greeting != "" {
		return h.Greeting
	}
	return c.t("draw.home")
}

// name is that of the document, in the browser's tab.
func (h *HomePage) name(c *Context) string {
	if h.Name != "" {
		return h.Name
	}
	return c.t("draw.home")
}

// guided reports whether this is somebody's guided page: what matters today comes
// before the choice of another page.
func (h *HomePage) guided() bool { return h.Mine && !h.Expert && h.Edit == nil }

func (h *HomePage) otherMode() string {
	if h.Expert {
		return "guide"
	}
	return "expert"
}

// anchor is the id of the heading of a group.
func (g OfferedGroup) anchor() string { return "catalogue-" + g.ID }
