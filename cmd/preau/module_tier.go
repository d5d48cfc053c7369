package main

import "github.com/preau-ent/preau/core/control"

// tierOf says how far a module is confined, and marks the one that is not.
func (a *app) tierOf(m control.ModuleInfo) string {
	if m.Tier == "none" {
		return a.say.T("preau.module.unconfined")
	}
	return m.Tier
}
