// Package ui holds what a module answers: typed trees of pages, widgets and
// forms that the core draws. A module describes, the core draws; so a tree
// never holds HTML, addresses outside the school or words that cannot be
// translated.
//
// Words are translation keys with arguments, or what a person wrote:
//
//	ui.T("devoirs.due", "date", due, "n", 3) // "À rendre {{.date}}", plural by n
//	ui.S(homework.Title)                     // shown as it is
//
// Nodes are made by functions, details are set on the struct:
//
//	list := ui.List(&ui.Item{
//		Title: ui.S(h.Title),
//		Link:  ui.To("/devoir/"+h.ID, "devoirs.open"),
//		When:  ui.At(h.Due),
//		Tone:  ui.Warn,
//	})
//	list.Title = ui.T("devoirs.todo")
//	ui.Empty(list, "devoirs.nothing", nil)
//	page := ui.NewPage("devoirs.title", list)
//
// Paths are those of the module's own routes ("/devoir/01J…"); a link to
// another module is made with [ToModule]. Icons come from a closed set, see
// [Icons].
//
// The builders only fill in the generated messages of package wire; the types
// here are aliases of those, so every field may also be set by hand.
// [Validate] says whether a tree keeps the limits the core insists on.
package ui
