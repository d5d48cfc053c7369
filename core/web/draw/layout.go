package draw

import "github.com/preau-ent/preau/sdk/ui"

// Addresses the frame posts to. Each form also carries "retour": the path to
// come back to.
const (
	SwitchSchool = "/compte/etablissement" // etablissement=<UAI>
	SwitchChild  = "/compte/enfant"        // enfant=<person>, empty for all
	Mode         = "/compte/apparence"     // apparence=auto|clair|sombre
	SignOut      = "/deconnexion"
	Account      = "/compte" // the account page (GET)
	Notices      = "/notifications"
	Declaration  = "/accessibilite"
	Status       = "/statut"
	Search       = "/recherche" // q
	SignInPath   = "/connexion" // identifiant, mot-de-passe, retour
)

// Layout is what stands around a page. A zero Layout draws a page for nobody
// in particular: name of the product, no navigation.
type Layout struct {
	School     string // name shown in the header
	Logo       string // address of the school's logo, or ""
	Stylesheet string // address: theme.Sheet.Path
	Script     string // address of one more script of the site's own, or ""
	Person     string // name of who is signed in, "" for nobody
	Profile    string // profile id, written as "profile.<id>"

	Schools  []Choice // of the person, drawn from two on
	Children []Choice // of the parent in this school, drawn from two on
	Nav      []NavItem
	Flash    *Flash
	Hint     string // said this once, or ""
	Trying   bool   // the page where one chooses how pages look: it wears what is chosen
	Unread   int    // notifications
	// Appearance is how the person wants the page to look.
	Appearance Appearance
	Guide      string // address of the help, "" for none
	Search     bool   // there is a page of results to search with
	Share      string // address of the page to give to others, "" for none
	// Live is what keeps the page current; nil when nobody is signed in.
	Live *Live
	// Frame is what NewFrame drew of this layout: written instead of drawing it
	// anew. Nil draws it.
	Frame *Frame
	// Help names the person or desk to turn to, shown on error pages.
	Help string
}

// Choice is one school or child to look at.
type Choice struct {
	ID, Name string
	Current  bool
}

// NavItem is one entry of the navigation. The first four main ones stand in
// the bottom bar of a phone, the others behind its "Menu".
type NavItem struct {
	Href, Label, Icon string
	Family            string // scolarite communication vie outils, "" for the first group
	Current           bool
	Main              bool
}

// Flash is the message about what the viewer has just done.
type Flash struct {
	Tone ui.Tone
	Text string
}
