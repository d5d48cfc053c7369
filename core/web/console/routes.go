package console

import (
	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/web"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ui"
)

// The addresses of the console's sections.
const (
	root        = "/administration"
	modulesPath = root + "/modules"
	rightsPath  = root + "/droits"
	rightOne    = rightsPath + "/modifier" // ?droit=
	peoplePath  = root + "/personnes"
	groupsPath  = root + "/classes"
	newsPath    = root + "/annonces"
	lookPath    = root + "/apparence"
	journalPath = root + "/journal"
	exportPath  = root + "/journal.csv"
	logoPath    = "/etablissement/logo"
)

// Routes lists every address of the console with the permission it asks for.
func (c *Console) Routes() []visit.Route {
	return append(c.hourRoutes(access.AdminHours), []visit.Route{
		{Method: "GET", Path: root, Permission: access.Admin, Handle: c.showOverview},

		{Method: "GET", Path: modulesPath, Permission: access.AdminModules, Handle: c.listModules},
		{Method: "GET", Path: modulesPath + "/:id", Permission: access.AdminModules, Handle: c.showModule},
		{Method: "POST", Path: modulesPath + "/:id/activer", Permission: access.AdminModules, Handle: c.enableModule},
		{Method: "POST", Path: modulesPath + "/:id/desactiver", Permission: access.AdminModules, Handle: c.disableModule},
		{Method: "POST", Path: modulesPath + "/:id/arreter", Permission: access.AdminModules, Handle: c.haltModule},
		{Method: "POST", Path: modulesPath + "/:id/reprendre", Permission: access.AdminModules, Handle: c.resumeModule},
		{Method: "POST", Path: modulesPath + "/:id/redemarrer", Permission: access.AdminModules, Handle: c.restartModule},
		{Method: "POST", Path: modulesPath + "/:id/version/:digest", Permission: access.AdminModules, Handle: c.upgradeModule},
		{Method: "POST", Path: modulesPath + "/:id/reglages", Permission: access.AdminModules, Handle: c.setModule},
		{Method: "GET", Path: modulesPath + "/:id/messages", Permission: access.AdminModules, Handle: c.showLogs},

		{Method: "GET", Path: rightsPath, Permission: access.AdminPermissions, Handle: c.listRights},
		{Method: "GET", Path: rightOne, Permission: access.AdminPermissions, Handle: c.showRight},
		{Method: "POST", Path: rightOne, Permission: access.AdminPermissions, Handle: c.setRight},

		{Method: "GET", Path: peoplePath, Permission: access.AdminPeople, Handle: c.listPeople},
		{Method: "GET", Path: newPersonPath, Permission: access.AdminPeople, Handle: c.showNewPerson},
		{Method: "POST", Path: newPersonPath, Permission: access.AdminPeople, Handle: c.addPerson},
		{Method: "GET", Path: peoplePath + "/:id/corriger", Permission: access.AdminPeople, Handle: c.showCorrect},
		{Method: "POST", Path: peoplePath + "/:id/corriger", Permission: access.AdminPeople, Handle: c.correct},
		{Method: "GET", Path: peoplePath + "/:id/profil", Permission: access.AdminPeople, Handle: c.showProfile},
		{Method: "POST", Path: peoplePath + "/:id/profil", Permission: access.AdminPeople, Handle: c.setProfile},
		{Method: "GET", Path: peoplePath + "/:id", Permission: access.AdminPeople, Handle: c.showPerson},
		{Method: "POST", Path: peoplePath + "/:id/mot-de-passe", Permission: access.AdminPeople, Handle: c.resetPassword},
		{Method: "POST", Path: peoplePath + "/:id/classes", Permission: access.AdminPeople, Handle: c.setGroups},
		{Method: "POST", Path: peoplePath + "/:id/depart", Permission: access.AdminPeople, Handle: c.leave},
		{Method: "POST", Path: peoplePath + "/:id/retour", Permission: access.AdminPeople, Handle: c.comeBack},
		{Method: "POST", Path: peoplePath + "/:id/roles", Permission: access.AdminPermissions, Handle: c.setRoles},

		{Method: "GET", Path: groupsPath, Permission: access.AdminPeople, Handle: c.listGroups},
		{Method: "POST", Path: groupsPath, Permission: access.AdminPeople, Handle: c.saveGroup},
		{Method: "GET", Path: groupsPath + "/:id", Permission: access.AdminPeople, Handle: c.showGroup},
		{Method: "POST", Path: groupsPath + "/:id/supprimer", Permission: access.AdminPeople, Handle: c.deleteGroup},
		{Method: "POST", Path: groupsPath + "/:id/retablir", Permission: access.AdminPeople, Handle: c.restoreGroup},
		{Method: "POST", Path: groupsPath + "/:id", Permission: access.AdminPeople, Handle: c.saveGroup},

		{Method: "GET", Path: newsPath, Permission: access.AdminBanner, Handle: c.listNews},
		{Method: "POST", Path: newsPath, Permission: access.AdminBanner, Handle: c.saveNews},
		{Method: "GET", Path: newsPath + "/:id", Permission: access.AdminBanner, Handle: c.showNews},
		{Method: "POST", Path: newsPath + "/:id", Permission: access.AdminBanner, Handle: c.saveNews},
		{Method: "GET", Path: newsPath + "/:id/lectures", Permission: access.AdminBanner, Handle: c.showReaders},
		{Method: "POST", Path: newsPath + "/:id/retirer", Permission: access.AdminBanner, Handle: c.takeDown},

		{Method: "GET", Path: lookPath, Permission: access.AdminTheme, Handle: c.showLook},
		{Method: "POST", Path: lookPath, Permission: access.AdminTheme, Upload: maxLogo + 64<<10, Handle: c.setLook},
		{Method: "GET", Path: lookPath + "/essai", Permission: access.AdminTheme, Handle: c.askLook},
		{Method: "GET", Path: logoPath + "/:hash", Public: true, Handle: c.sendLogo},

		{Method: "GET", Path: contactPath, Permission: access.AdminTheme, Handle: c.showContact},
		{Method: "POST", Path: contactPath, Permission: access.AdminTheme, Handle: c.setContact},
		{Method: "GET", Path: labelsPath, Permission: access.AdminTheme, Handle: c.showLabels},
		{Method: "POST", Path: labelsPath, Permission: access.AdminTheme, Handle: c.setLabels},

		{Method: "GET", Path: journalPath, Permission: access.AdminAudit, Handle: c.showJournal},
		{Method: "GET", Path: exportPath, Permission: access.AdminAudit, Handle: c.exportJournal},
	}...)
}

// Nav is the console's entry of the navigation.
func (c *Console) Nav() []web.Nav {
	return []web.Nav{{Path: root, Label: "console.title", Icon: ui.IconSettings, Family: "outils", Permission: access.Admin}}
}

// section is one part of the console, as the overview lists them.
type section struct {
	path, key, icon string
	permission      string
}

var sections = []section{
	{modulesPath, "console.modules", ui.IconModules, string(access.AdminModules)},
	{peoplePath, "console.people", ui.IconPeople, string(access.AdminPeople)},
	{groupsPath, "console.groups", ui.IconSchool, string(access.AdminPeople)},
	{rightsPath, "console.rights", ui.IconKey, string(access.AdminPermissions)},
	{newsPath, "console.news", ui.IconMegaphone, string(access.AdminBanner)},
	{draw.SchoolHome, "console.homes", ui.IconHome, string(access.AdminTheme)},
	{lookPath, "console.look", ui.IconPalette, string(access.AdminTheme)},
	{contactPath, "console.contact", ui.IconHelp, string(access.AdminTheme)},
	{labelsPath, "console.labels", ui.IconLanguages, string(access.AdminTheme)},
	{hoursPath, "console.hours", ui.IconClock, string(access.AdminHours)},
	{journalPath, "console.journal", ui.IconHistory, string(access.AdminAudit)},
}

// page is a page of the console with the way back to where it belongs.
func page(title *ui.Words, crumbs []*ui.Link, nodes ...*ui.Node) *ui.Page {
	p := ui.PageOf(title, nodes...)
	p.Crumbs = append([]*ui.Link{ui.To(root, "console.title")}, crumbs...)
	return p
}
