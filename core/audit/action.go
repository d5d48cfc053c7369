package audit

import "slices"

// Action says what was done; the set is closed. The words for it have the key
// "audit.<action>".
type Action string

// The actions.
const (
	SignIn              Action = "signin.ok"
	SignInRefused       Action = "signin.refused"
	SignInLimited       Action = "signin.limited"
	SignOut             Action = "signout"
	PasswordChanged     Action = "password.changed"
	PasswordReset       Action = "password.reset"
	SchoolAdded         Action = "school.added"
	SchoolChanged       Action = "school.changed"
	PeopleImported      Action = "people.imported"
	PersonChanged       Action = "person.changed"
	PersonLeft          Action = "person.left"
	PersonReturned      Action = "person.returned"
	GroupSaved          Action = "group.saved"
	RolesChanged        Action = "roles.changed"
	PermissionSet       Action = "permission.set"
	ModuleEnabled       Action = "module.enabled"
	ModuleDisabled      Action = "module.disabled"
	ModuleSettings      Action = "module.settings"
	ModuleRestarted     Action = "module.restarted"
	ModuleRefused       Action = "module.refused" // its executable is not the one that was verified
	ModuleHalted        Action = "module.halted"
	ModuleResumed       Action = "module.resumed"
	ModuleInstalled     Action = "module.installed"
	ModuleRemoved       Action = "module.removed"
	ModuleErased        Action = "module.erased" // and its data
	ModuleUpgraded      Action = "module.upgraded"
	ModuleUpgradeUndone Action = "module.upgrade.undone"
	ModuleGranted       Action = "module.granted"
	ModuleUngranted     Action = "module.ungranted"
	KeyTrusted          Action = "key.trusted"
	TrustRevoked        Action = "trust.revoked"
	ModuleRecorded      Action = "module.recorded" // a module says so; its own word is in details "action"
	ThemeChanged        Action = "theme.changed"
	BannerChanged       Action = "banner.changed"
	NoticeUrgent        Action = "notice.urgent" // went out whatever the hours
	HoursChanged        Action = "hours.changed"
	HomeChanged         Action = "home.changed"
	LinkCreated         Action = "link.created"
	LinkRevoked         Action = "link.revoked"
	TokenCreated        Action = "token.created"
	TokenRevoked        Action = "token.revoked"
	LabelsChanged       Action = "labels.changed"
	GroupDeleted        Action = "group.deleted"
	PersonAdded         Action = "person.added"
	EmailChanged        Action = "email.changed" // the address a person is written to: asked, confirmed, forgotten
	Exported            Action = "export"
	BackedUp            Action = "backup"
	JournalCheckpoint   Action = "checkpoint"
)

var actions = []Action{
	SignIn, SignInRefused, SignInLimited, SignOut, PasswordChanged, PasswordReset,
	SchoolAdded, SchoolChanged, PeopleImported, PersonChanged, PersonLeft, PersonReturned, GroupSaved,
	RolesChanged, PermissionSet, ModuleEnabled, ModuleDisabled, ModuleSettings, ModuleRestarted,
	ModuleRefused, ModuleHalted, ModuleResumed, ModuleInstalled, ModuleRemoved, ModuleErased, ModuleUpgraded, ModuleUpgradeUndone, ModuleGranted, ModuleUngranted, KeyTrusted, TrustRevoked,
	ModuleRecorded, ThemeChanged, BannerChanged, NoticeUrgent, HoursChanged, HomeChanged, LinkCreated, LinkRevoked,
	TokenCreated, TokenRevoked, LabelsChanged, GroupDeleted, PersonAdded, EmailChanged,
	Exported, BackedUp, JournalCheckpoint,
}

// Actions lists every action.
func Actions() []Action { return slices.Clone(actions) }

// Valid reports whether a is one of [Actions].
func (a Action) Valid() bool { return slices.Contains(actions, a) }
