// Package plugintest runs a module in a test: in this process in a few
// milliseconds, or as the real process that the core would start ([Process]),
// with the same walls around it if need be ([Confined]).
// Around it stands a fake core that is as strict as the real one: an address
// that module.yaml does not declare is not found, a permission that the
// visitor's profile does not hold by default is denied, a capability that was
// not asked for is refused, a handle ends with its call.
//
//	h := plugintest.Start(t, module(), ".")
//	six := h.School.Class("6e A")
//	lea := h.School.Pupil("Léa Martin", six)
//	page := h.As(lea).Get("/a-rendre")
//	plugintest.Has(t, page, "devoirs.nothing")
//
// Every tree that a module answers is checked: it keeps the limits of package
// ui, its links and buttons lead to declared routes, its translation keys are
// in both catalogues.
package plugintest
