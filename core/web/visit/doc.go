// Package visit is what a page of the core is written against: a [Visit] comes
// in, an [Answer] goes out, and neither knows the web framework. The console and
// the account pages are such areas: a list of [Route], each with the permission
// it asks for, handed to the web application.
//
//	visit.Route{Method: "GET", Path: "/administration/modules", Permission: access.AdminModules,
//		Handle: func(v *visit.Visit) (*visit.Answer, error) { return visit.Show(page), nil }}
//
// Pages are the same typed trees that modules answer; the web application draws
// them or writes them as JSON.
package visit
