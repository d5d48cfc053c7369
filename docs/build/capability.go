package main

import (
	"github.com/preau-ent/preau/sdk/manifest"
)

// offered says what each capability is for. A capability without a line here
// fails the test of this package.
var offered = map[manifest.Capability]string{
	manifest.ReadDirectory: "people, classes and groups of the school (`r.Directory`)",
	manifest.SendNotices:   "notifications to people (`r.Notify`)",
	manifest.SendUrgent:    "notifications outside the school's hours (`Urgent`)",
	manifest.WriteFiles:    "files kept by the core (`r.Files`, uploads)",
	manifest.ReadCalendars: "what all modules add to the viewer's calendar (`r.Calendars`)",
	manifest.PersonalLinks: "secret addresses of routes with `link: true` (`r.Links`)",
	manifest.RecordAudit:   "lines in the school's journal (`r.Audit`)",
	manifest.PublishEvents: "followed by an event of `events.publishes`: telling other modules (`tx.Emit`)",
	manifest.Connect:       "followed by a host, or by `@` and a setting in which the school lists hosts: HTTPS requests to them, through the core (`r.Outside`)",
}

// capabilities lists them in the order of the code.
func capabilities(root string) (rows [][]string, err error) {
	s, err := read(root, "sdk/manifest")
	if err != nil {
		return nil, err
	}
	order := append(manifest.Capabilities(), manifest.PublishEvents, manifest.Connect)
	if n := len(s.consts("Capability")); n != len(order) {
		order = nil // a capability that this page does not know: the test says so
	}
	for _, c := range order {
		name := string(c)
		switch c {
		case manifest.PublishEvents:
			name += "<event>"
		case manifest.Connect:
			name += "<host>"
		}
		rows = append(rows, []string{code(name), offered[c]})
	}
	return rows, nil
}
