// Package draw turns trees into pages: every kind of node of sdk/ui, the frame
// around it, sign-in, home and error pages, as HTML that is accessible, prints
// and works without JavaScript. It writes no style attribute, no inline script
// and no event attribute, so the strictest content policy holds.
//
// Drawing is plain writing: a [Context] says who reads (language, time zone,
// which links they may follow), a [Layout] what stands around the page:
//
//	draw.Page(w, ctx, layout, page)           // a module's page
//	draw.Home(w, ctx, layout, home)           // the grid of widgets
//	draw.WidgetSection(w, ctx, widget)        // one widget, for a late arrival
//	draw.SignIn(w, ctx, layout, signIn)
//	draw.Failure(w, ctx, layout, failure)     // an error page
//	draw.Resolve(ctx, tree)                   // the same tree in words, for JSON
//
// # Addresses the pages post to
//
// [SwitchSchool], [SwitchChild], [SignOut], [Arrange] and [Appearance] are posted by the
// frame; [LateWidget] is fetched for a widget that was not there in time. The
// comment on each names the fields.
//
// Components are templ files, one per family of nodes; the texts of the frame
// are translation keys beginning with "draw.".
package draw
