package access

import (
	"slices"

	"github.com/preau-ent/preau/sdk/ids"
)

// Permission is one thing that may be allowed, as a manifest declares it.
type Permission struct {
	ID      ids.Permission
	Name    string   // translation key
	Default []string // roles that have it unless the school says otherwise
}

// The core's own permissions.
const (
	Home             ids.Permission = "core.home"
	Account          ids.Permission = "core.account"
	OwnEmail         ids.Permission = "core.account.email" // to say oneself where one is written to
	API              ids.Permission = "core.api"           // personal tokens for programs
	Directory        ids.Permission = "core.directory"     // pages of people and classes, each their own part
	Admin            ids.Permission = "core.admin"         // the console at all
	AdminModules     ids.Permission = "core.admin.modules"
	AdminPermissions ids.Permission = "core.admin.permissions"
	AdminPeople      ids.Permission = "core.admin.people"
	AdminTheme       ids.Permission = "core.admin.theme"
	AdminBanner      ids.Permission = "core.admin.banner"
	AdminUrgent      ids.Permission = "core.admin.urgent" // announcements for families outside those hours
	AdminHours       ids.Permission = "core.admin.hours"  // when the school publishes to families
	AdminAudit       ids.Permission = "core.admin.audit"
	PrintWeeks       ids.Permission = "core.week.print" // of whole classes, on paper
)

// Core is the module under which the core's own permissions are registered.
const Core ids.ModuleID = "core"

// corePermissions is what New registers.
func corePermissions() []Permission {
	everyone := Roles()
	head := []string{string(ids.Direction), Administrateur}
	list := []Permission{
		{Home, "access.core.home", everyone},
		{Account, "access.core.account", everyone},
		{OwnEmail, "access.core.account.email", slices.DeleteFunc(Roles(), func(r string) bool { return r == string(ids.Eleve) })},
		{PrintWeeks, "access.core.week.print", append([]string{string(ids.VieScol), string(ids.Personnel)}, head...)},
		{Directory, "access.core.directory", everyone},
		{API, "access.core.api", []string{string(ids.Enseignant), string(ids.VieScol), string(ids.Direction), string(ids.Personnel), Administrateur}},
	}
	for _, p := range []ids.Permission{Admin, AdminModules, AdminPermissions, AdminPeople, AdminTheme, AdminBanner, AdminUrgent, AdminHours, AdminAudit} {
		list = append(list, Permission{p, "access." + string(p), head})
	}
	return list
}
