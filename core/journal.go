package core

import (
	"context"
	"maps"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/services"
)

// journal keeps on record what modules ask to be recorded and what schools
// change about modules.
type journal struct{ log *audit.Log }

var _ services.Audit = journal{}

// Record writes a module's own word for what it did, under one action of the
// closed set.
func (j journal) Record(ctx context.Context, r services.Record) error {
	action := audit.ModuleRecorded
	if r.Core {
		action = audit.Action(r.Action)
	}
	details := maps.Clone(r.Details)
	if details == nil {
		details = map[string]string{}
	}
	details["module"] = string(r.Module)
	if !r.Core {
		details["action"] = r.Action
	}
	return j.log.Record(ctx, audit.Entry{
		Actor: r.Person, School: r.School, Action: action, Object: r.Object, Details: details,
	})
}

// moduleChanged is the host's hook: no record, no change.
func (j journal) moduleChanged(ctx context.Context, c host.Change) error {
	action := map[string]audit.Action{
		"enabled": audit.ModuleEnabled, "disabled": audit.ModuleDisabled, "settings": audit.ModuleSettings,
		"halted": audit.ModuleHalted, "resumed": audit.ModuleResumed, "restarted": audit.ModuleRestarted, "refused": audit.ModuleRefused,
		"upgraded": audit.ModuleUpgraded, "upgrade.undone": audit.ModuleUpgradeUndone,
	}[c.What]
	details := map[string]string{}
	if c.To != "" {
		details["from"], details["to"] = c.From, c.To
	}
	if c.Reason != "" {
		details["reason"] = c.Reason
	}
	by := audit.ByOf(ctx)
	return j.log.Record(ctx, audit.Entry{
		Actor: by.Person, Address: by.Address, School: c.School, Action: action, Object: string(c.Module), Details: details,
	})
}
