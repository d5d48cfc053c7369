// Package home makes the page a person begins with: which widgets stand on it,
// in which order and size, and what they show right now.
//
// # Layout
//
// A [Layout] is an ordered list of [Placement], never x and y. It comes from
// three layers: the core's default for the profile (from the manifests), the
// school's [Diff] on it (add, order, pin, lock), and the person's own [Diff] on
// that. Because both are kept as differences, a school's later change still
// reaches a person who has rearranged their page.
//
// # Composition
//
// [Service.Compose] fetches the widgets in parallel within one deadline, out of
// a cache of drawn fragments when they are fresh. A late one arrives afterwards
// through [Service.Widget]; a broken one says so. A hung module holds a bounded
// number of calls and never the page.
package home
