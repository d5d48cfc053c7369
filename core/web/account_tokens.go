package web

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/web/api"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

const (
	tokensPath = "/compte/jetons"
	revokePath = "/compte/jetons/retirer" // jeton=<id>
)

// tokenDays are the lifetimes to choose from, in days.
var tokenDays = []int{7, 30, 90, 365}

// showTokens answers the visitor's tokens in this school and the form to make
// one.
func (a *App) showTokens(v *visit.Visit) (*visit.Answer, error) {
	p, err := a.tokensPage(v, a.tokenForm(v))
	if err != nil {
		return nil, err
	}
	return visit.Show(p), nil
}

func (a *App) tokensPage(v *visit.Visit, form *ui.Form) (*ui.Page, error) {
	all, err := a.Identity.Tokens(v.Context, v.School(), v.Session.Person)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, s := range a.scopes(v) {
		names[s.value] = s.name
	}
	var items []*ui.Item
	for _, t := range all {
		var scopes []string
		for _, s := range t.Scopes {
			name, ok := names[s]
			if !ok {
				name = s // a right that the person has no more: it is good for nothing now
			}
			scopes = append(scopes, name)
		}
		item := &ui.Item{Title: ui.S(t.Name), Icon: ui.IconKey, Detail: ui.S(v.Say.List(scopes)), Badge: ui.T("web.token.until", "until", t.Expires),
			Actions: []*ui.Action{ui.Danger(ui.Button(revokePath, "web.token.revoke", "jeton", t.ID), "web.token.sure", "name", t.Name)}}
		if t.Expired(a.Now()) {
			item.Badge, item.Tone = ui.T("web.token.expired"), ui.Warn
		}
		if !t.Used.IsZero() {
			item.When = timestamppb.New(t.Used)
		}
		items = append(items, item)
	}
	return AccountPage("web.tokens", ui.Text("web.tokens.text"),
		ui.Toolbar(nil, ui.WithIcon(ui.IconBook, ui.To(api.Root, "api.title"))),
		ui.Empty(ui.List(items...), "web.tokens.none", ui.Onto("nouveau", ui.To(tokensPath, "web.token.make"))),
		ui.Section("web.token.make", ui.Named("nouveau", ui.FormOf(form)))), nil
}

// scope is one right that the visitor may give to a program.
type scope struct{ value, name string }

// scopes lists the rights the visitor may give: what they may read and change
// themselves, by area.
func (a *App) scopes(v *visit.Visit) (out []scope) {
	all := api.Core()
	for _, m := range a.openable(v.Caller()) {
		all = append(all, api.Of(m)...)
	}
	for _, op := range all {
		value := string(op.Scope)
		if a.Access.May(v.School(), v.Session.Roles, op.Permission) && !slices.ContainsFunc(out, func(s scope) bool { return s.value == value }) {
			out = append(out, scope{value, api.ScopeName(v.Say, op.Scope, op.Name)})
		}
	}
	return out
}

func (a *App) tokenForm(v *visit.Visit) *ui.Form {
	var rights, ages []*ui.Option
	for _, s := range a.scopes(v) {
		rights = append(rights, ui.OptionOf(s.value, ui.S(s.name)))
	}
	for _, d := range tokenDays {
		ages = append(ages, ui.OptionOf(strconv.Itoa(d), ui.T("web.token.days", "n", d)))
	}
	return ui.NewForm(tokensPath, "web.token.make",
		ui.TextField("nom", "web.token.name", ui.Help("web.token.name.help"), ui.Value(v.Form.Get("nom")), ui.Required(), ui.Max(60)),
		ui.ChoiceField("droits", "web.token.scopes", rights, ui.Several(), ui.Expanded(), ui.Chosen(v.Form["droits"]...)),
		ui.ChoiceField("duree", "web.token.age", ages, ui.Expanded(), ui.Chosen("30")))
}

// makeToken makes a token and shows its secret, this once.
func (a *App) makeToken(v *visit.Visit) (*visit.Answer, error) {
	days, err := strconv.Atoi(v.Form.Get("duree"))
	if err != nil || !slices.Contains(tokenDays, days) {
		return nil, errors.New(errors.Invalid, "web.garbage")
	}
	offered := a.scopes(v)
	for _, wanted := range v.Form["droits"] {
		if !slices.ContainsFunc(offered, func(s scope) bool { return s.value == wanted }) {
			return nil, errors.New(errors.Denied, "web.denied")
		}
	}
	secret, t, err := a.Identity.MakeToken(v.Context, v.By(), identity.Token{Person: v.Session.Person, School: v.School(),
		Name: v.Form.Get("nom"), Scopes: v.Form["droits"], Expires: a.Now().Add(time.Duration(days) * 24 * time.Hour)})
	if kind := errors.KindOf(err); kind == errors.Invalid || kind == errors.Conflict {
		p, made := a.tokensPage(v, ui.Blame(a.tokenForm(v), err))
		if made != nil {
			return nil, made
		}
		return visit.Again(p), nil
	}
	if err != nil {
		return nil, err
	}
	page := AccountPage("web.token.made", ui.Banner(ui.Warn, "web.token.once"),
		ui.Facts(&ui.Fact{Label: ui.T("web.token.name"), Value: ui.S(t.Name)}, &ui.Fact{Label: ui.T("web.token.secret"), Value: ui.S(secret)}),
		ui.Markdown(v.Say.T("web.token.example", "secret", secret)),
		ui.Toolbar(ui.To(tokensPath, "web.token.back"), ui.To(api.Root, "api.title")))
	page.Crumbs = append(page.Crumbs, ui.To(tokensPath, "web.tokens"))
	return &visit.Answer{Status: http.StatusCreated, Page: page}, nil
}

// revokeToken ends one of the visitor's tokens.
func (a *App) revokeToken(v *visit.Visit) (*visit.Answer, error) {
	if err := a.Identity.RevokeToken(v.Context, v.By(), v.School(), v.Session.Person, v.Form.Get("jeton")); err != nil {
		return nil, err
	}
	return visit.GoTo(tokensPath).Say("web.token.revoked"), nil
}
