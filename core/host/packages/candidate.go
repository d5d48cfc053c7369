package packages

import (
	"slices"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Candidate is a version that could take the place of the one there is, with
// what would change.
type Candidate struct {
	Module  ids.ModuleID          `json:"module"`
	From    string                `json:"from"` // versions
	To      string                `json:"to"`
	Digest  string                `json:"digest"`
	Asks    []manifest.Capability `json:"asks"`    // beyond what the version there is asks for, not granted yet
	Opens   []ids.Permission      `json:"opens"`   // permissions that are new
	Closes  []ids.Permission      `json:"closes"`  // permissions that are gone
	Widgets []string              `json:"widgets"` // that are new
	Schema  int                   `json:"schema"`  // of the data it writes
	Was     int                   `json:"was"`     // that of the version there is
}

// Between says what the package would change of what is installed, whose
// manifest was this.
func Between(was *manifest.Manifest, p Package, i *Installed) *Candidate {
	now := p.Manifest
	out := &Candidate{Module: i.ID, From: i.Version, To: now.Version, Digest: p.Digest, Schema: max(1, now.Schema), Was: max(1, was.Schema),
		Asks: []manifest.Capability{}, Opens: []ids.Permission{}, Closes: []ids.Permission{}, Widgets: []string{}}
	for _, asked := range Missing(i.Granted, now) {
		if !was.May(asked) {
			out.Asks = append(out.Asks, asked)
		}
	}
	for _, perm := range now.Permissions {
		if !has(was, perm.ID) {
			out.Opens = append(out.Opens, perm.ID)
		}
	}
	for _, perm := range was.Permissions {
		if !has(now, perm.ID) {
			out.Closes = append(out.Closes, perm.ID)
		}
	}
	for _, w := range now.Widgets {
		if _, known := was.Widget(w.ID); !known {
			out.Widgets = append(out.Widgets, w.ID)
		}
	}
	return out
}

func has(m *manifest.Manifest, id ids.Permission) bool {
	return slices.ContainsFunc(m.Permissions, func(p manifest.Permission) bool { return p.ID == id })
}
