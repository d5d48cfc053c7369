package web

import (
	"slices"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/web/api"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
)

// routes is the one table of addresses.
func (a *App) routes() ([]route, error) {
	table := []route{
		{method: "GET", path: "/", permission: access.Home, handle: a.showHome},
		{method: "POST", path: draw.Arrange, permission: access.Home, handle: a.arrangeHome},
		{method: "POST", path: draw.HomeMode, permission: access.Home, handle: a.setHomeMode},
		{method: "GET", path: draw.LateWidget + ":instance", permission: access.Home, handle: a.showWidget},
		{method: "GET", path: draw.HomeCatalogue, permission: access.Home, handle: a.showCatalogue},
		{method: "GET", path: draw.Glimpse + ":widget", permission: access.Home, handle: a.showGlimpse},
		{method: "GET", path: draw.SchoolHome, permission: access.AdminTheme, handle: a.showSchoolHome},
		{method: "POST", path: draw.SchoolHome, permission: access.AdminTheme, handle: a.arrangeSchoolHome},
		{method: "GET", path: draw.SchoolCatalogue, permission: access.AdminTheme, handle: a.showSchoolCatalogue},

		{method: "GET", path: livePath, permission: access.Home, handle: a.openLive},

		{method: "GET", path: draw.SignInPath, public: true, handle: a.showSignIn},
		{method: "POST", path: draw.SignInPath, public: true, handle: a.signIn},
		{method: "POST", path: draw.SignOut, public: true, handle: a.signOut},
		{method: "POST", path: draw.Mode, public: true, handle: a.setMode},
		{method: "GET", path: draw.Looks, public: true, handle: a.showLooks},
		{method: "POST", path: draw.Looks, public: true, handle: a.setLooks},

		{method: "*", path: "/m/:module", delegated: true, handle: a.serveModule},
		{method: "*", path: "/m/:module/*", delegated: true, handle: a.serveModule},
		{method: "GET", path: draw.SharePath + ":school", permission: access.Account, handle: a.followShared},
		{method: "GET", path: draw.SharePath + ":school/*", permission: access.Account, handle: a.followShared},
		{method: "GET", path: api.Root, public: true, handle: a.showAPI},
		{method: "GET", path: api.DocumentPath, public: true, handle: a.showDocument},

		{method: "GET", path: "/lien/:secret", bare: true, handle: a.followLink},

		{method: "GET", path: "/assets/:name", bare: true, handle: a.sendAsset},
		{method: "GET", path: "/healthz", bare: true, handle: a.showHealth},
		{method: "GET", path: "/readyz", bare: true, handle: a.showReady},
		{method: "GET", path: "/metrics", bare: true, handle: a.showMetrics},
	}
	table = append(append(table, a.bellRoutes()...), a.apiRoutes()...)
	table = append(table, a.noticeRoutes()...)
	for _, r := range slices.Concat(a.own(), a.emailRoutes(), a.weekRoutes(), a.welcomeRoutes(), a.searching(), a.Areas) {
		table = append(table, a.area(r))
	}
	for _, r := range table {
		if err := r.check(); err != nil {
			return nil, err
		}
	}
	return table, nil
}

// own lists the core's pages that are written as package visit says.
func (a *App) own() []visit.Route {
	return []visit.Route{
		{Method: "GET", Path: draw.HomeBlock, Permission: access.Home, Handle: a.showBlock},
		{Method: "POST", Path: draw.HomeBlock, Permission: access.Home, Handle: a.setBlock},
		{Method: "GET", Path: draw.SchoolBlock, Permission: access.AdminTheme, Handle: a.showSchoolBlock},
		{Method: "POST", Path: draw.SchoolBlock, Permission: access.AdminTheme, Handle: a.setSchoolBlock},
		{Method: "GET", Path: draw.Account, Permission: access.Account, Handle: a.showAccount},
		{Method: "GET", Path: passwordPath, Permission: access.Account, Handle: a.showPassword},
		{Method: "POST", Path: passwordPath, Permission: access.Account, Handle: a.changePassword},
		{Method: "GET", Path: languagePath, Permission: access.Account, Handle: a.showLanguage},
		{Method: "POST", Path: languagePath, Permission: access.Account, Handle: a.setLocale},
		{Method: "GET", Path: modePath, Permission: access.Account, Handle: a.showMode},
		{Method: "GET", Path: tokensPath, Permission: access.API, Handle: a.showTokens},
		{Method: "POST", Path: tokensPath, Permission: access.API, Handle: a.makeToken},
		{Method: "POST", Path: revokePath, Permission: access.API, Handle: a.revokeToken},
		{Method: "GET", Path: devicesPath, Permission: access.Account, Handle: a.showDevices},
		{Method: "POST", Path: endOnePath, Permission: access.Account, Handle: a.endDevice},
		{Method: "POST", Path: endAllPath, Permission: access.Account, Handle: a.endSessions},
		{Method: "POST", Path: draw.SwitchSchool, Permission: access.Account, Handle: a.switchSchool},
		{Method: "POST", Path: draw.SwitchChild, Permission: access.Account, Handle: a.chooseChild},
		{Method: "GET", Path: draw.Notices, Permission: access.Account, Handle: a.showNotices},
		{Method: "POST", Path: draw.Notices, Permission: access.Account, Handle: a.readNotices},
		{Method: "GET", Path: draw.Notices + "/:id", Permission: access.Account, Handle: a.openNotice},
		{Method: "GET", Path: choicePath, Permission: access.Account, Handle: a.showWays},
		{Method: "POST", Path: choicePath, Permission: access.Account, Handle: a.setWays},
		{Method: "POST", Path: pushPath, Permission: access.Account, Handle: a.subscribePush},
		{Method: "POST", Path: pushGoPath, Permission: access.Account, Handle: a.forgetPush},
		{Method: "GET", Path: draw.Status, Public: true, Handle: a.showStatus},
		{Method: "GET", Path: draw.Declaration, Public: true, Handle: a.showDeclaration},
	}
}
