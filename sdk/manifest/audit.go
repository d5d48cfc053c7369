package manifest

import (
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
)

// AuditKey is the translation key of what a module notes in the journal: in the
// catalogue of "devoirs" the action "devoirs.graded" is called
// "devoirs.audit.graded".
func AuditKey(module ids.ModuleID, action string) string {
	return AuditPrefix(module) + strings.TrimPrefix(action, string(module)+".")
}

// AuditPrefix begins every key of [AuditKey].
func AuditPrefix(module ids.ModuleID) string { return string(module) + ".audit." }
