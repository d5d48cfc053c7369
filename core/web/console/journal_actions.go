package console

import (
	"maps"
	"strings"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/ui"
)

// What a module notes has one action of the core's; its own word for it and who
// it is stand in the details.
const (
	notedModule = "module"
	notedAction = "action"
)

// actionWords says what was done; of what a module noted, in its words, or as it
// wrote it where it has none.
func (c *Console) actionWords(v *visit.Visit, e *audit.Entry) *ui.Words {
	module, action := ids.ModuleID(e.Details[notedModule]), e.Details[notedAction]
	if e.Action != audit.ModuleRecorded || action == "" {
		return ui.T("audit." + string(e.Action))
	}
	if key := manifest.AuditKey(module, action); v.Say.In(module).Has(key) {
		action = v.Say.In(module).T(key)
	}
	return ui.T("console.journal.noted", "module", c.moduleName(v, module), "action", action)
}

// told is an entry without the details that its action already tells.
func told(e *audit.Entry) *audit.Entry {
	if e.Action != audit.ModuleRecorded {
		return e
	}
	rest := *e
	rest.Details = maps.Clone(e.Details)
	delete(rest.Details, notedModule)
	delete(rest.Details, notedAction)
	return &rest
}

// actionOptions are the actions by which the journal is filtered: those of the
// core, and those for which the school's modules have words.
func (c *Console) actionOptions(v *visit.Visit) []*ui.Option {
	options := []*ui.Option{ui.OptionOf("", ui.T("console.journal.all"))}
	for _, a := range audit.Actions() {
		options = append(options, ui.OptionOf(string(a), ui.T("audit."+string(a))))
	}
	for _, m := range c.Modules.Manifests() {
		if !c.Modules.IsEnabled(v.School(), m.ID) {
			continue
		}
		say, prefix := v.Say.In(m.ID), manifest.AuditPrefix(m.ID)
		for _, key := range say.Keys(prefix) {
			options = append(options, ui.OptionOf(string(m.ID)+"/"+strings.TrimPrefix(key, prefix),
				ui.T("console.journal.noted", "module", say.T(m.Name), "action", say.T(key))))
		}
	}
	return options
}

// chosenAction reads the value of one of the options.
func chosenAction(value string) (audit.Action, func(*audit.Entry) bool) {
	id, rest, noted := strings.Cut(value, "/")
	if !noted {
		return audit.Action(value), nil
	}
	key := manifest.AuditPrefix(ids.ModuleID(id)) + rest
	return audit.ModuleRecorded, func(e *audit.Entry) bool {
		return e.Details[notedModule] == id && manifest.AuditKey(ids.ModuleID(id), e.Details[notedAction]) == key
	}
}
