package web

import (
	"context"
	"time"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

const (
	emailPath       = "/compte/courriel"         // courriel
	emailCancelPath = "/compte/courriel/annuler" // the address that waits for its confirmation
	emailForgetPath = "/compte/courriel/oublier" // back to the school's
	emailProofPath  = emailPath + "/"            // and the secret of the letter
)

// emailPatience bounds how long the visitor waits for the mail server.
const emailPatience = 10 * time.Second

// emailRoutes are the addresses at which one says where one is written to.
func (a *App) emailRoutes() []visit.Route {
	return []visit.Route{
		{Method: "GET", Path: emailPath, Permission: access.OwnEmail, Handle: a.showEmail},
		{Method: "POST", Path: emailPath, Permission: access.OwnEmail, Handle: a.askEmail},
		{Method: "POST", Path: emailCancelPath, Permission: access.OwnEmail, Handle: a.cancelEmail},
		{Method: "POST", Path: emailForgetPath, Permission: access.OwnEmail, Handle: a.forgetEmail},
		{Method: "GET", Path: emailProofPath + ":secret", Permission: access.OwnEmail, Handle: a.showProof},
		{Method: "POST", Path: emailProofPath + ":secret", Permission: access.OwnEmail, Handle: a.confirmEmail},
	}
}

// showEmail answers where the visitor is written to, and the form for another
// address.
func (a *App) showEmail(v *visit.Visit) (*visit.Answer, error) {
	p, err := a.emailPage(v, emailForm())
	if err != nil {
		return nil, err
	}
	return visit.Show(p), nil
}

func emailForm() *ui.Form {
	return ui.NewForm(emailPath, "web.email.ask",
		ui.TextField("courriel", "web.email.field", ui.As("email", "email"), ui.Required(), ui.Max(200), ui.Help("web.email.help")))
}

func (a *App) emailPage(v *visit.Visit, form *ui.Form) (*ui.Page, error) {
	m, err := a.Identity.Member(v.Context, v.School(), v.Session.Person)
	if err != nil {
		return nil, err
	}
	account, err := a.Identity.Account(v.Context, v.Session.Person)
	if err != nil {
		return nil, err
	}
	page := AccountPage("web.email.title")
	if !a.Notify.Mails() {
		page.Nodes = append(page.Nodes, ui.Banner(ui.Info, "web.email.off"))
	}
	switch {
	case account.Email != "":
		page.Nodes = append(page.Nodes, ui.Text("web.email.own", "address", account.Email))
	case m.Email != "":
		page.Nodes = append(page.Nodes, ui.Text("web.email.school", "address", m.Email, "school", v.Session.Viewer.GetSchoolName()))
	default:
		page.Nodes = append(page.Nodes, ui.Text("web.email.none"))
	}
	asked, err := a.Identity.EmailAsked(v.Context, v.Session.Person)
	if err != nil {
		return nil, err
	}
	if asked != "" {
		page.Nodes = append(page.Nodes, ui.Banner(ui.Warn, "web.email.asked", "address", asked),
			ui.Act(ui.Button(emailCancelPath, "web.email.cancel")))
	}
	if a.Notify.Mails() {
		title := "web.email.other"
		if account.Email == "" && m.Email == "" {
			title = "web.email.give"
		}
		page.Nodes = append(page.Nodes, ui.Section(title, ui.FormOf(form)))
	}
	if account.Email != "" {
		page.Nodes = append(page.Nodes, ui.Act(ui.Danger(ui.Button(emailForgetPath, "web.email.forget"), "web.email.forget.sure")))
	}
	return page, nil
}

// askEmail sends a link to the address that the visitor gives.
func (a *App) askEmail(v *visit.Visit) (*visit.Answer, error) {
	if !a.Notify.Mails() {
		return nil, errors.New(errors.Unavailable, "notify.nomail")
	}
	ctx, cancel := context.WithTimeout(v.Context, emailPatience)
	defer cancel()
	err := a.Identity.AskEmail(ctx, v.By(), v.School(), v.Session.Person, v.Form.Get("courriel"), func(to, secret string) error {
		err := a.Notify.Write(ctx, v.School(), v.Session.Person, to, emailLetter(v, secret))
		if errors.KindOf(err) == errors.Invalid { // the server takes no such address
			return errors.Field("courriel", "mail.refused")
		}
		return err
	})
	switch errors.KindOf(err) {
	case errors.Invalid, errors.TooMany, errors.Unavailable:
		p, failed := a.emailPage(v, ui.Blame(ui.Fill(emailForm(), v.Form), err))
		if failed != nil {
			return nil, failed
		}
		return visit.Again(p), nil
	}
	if err != nil {
		return nil, err
	}
	return visit.GoTo(emailPath), nil // the page says that a link is on its way
}

// emailLetter asks who reads it whether the address is theirs.
func emailLetter(v *visit.Visit, secret string) *ui.Page {
	return ui.PageOf(ui.T("web.email.letter.title"),
		ui.Text("web.email.letter.text", "name", v.Session.Viewer.GetName(), "school", v.Session.Viewer.GetSchoolName()),
		ui.Toolbar(ui.To(emailProofPath+secret, "web.email.confirm")),
		ui.Text("web.email.letter.lasts"), ui.Text("web.email.letter.stranger"))
}

// showProof asks before the address is taken: what looks at links ahead of their
// reader confirms nothing.
func (a *App) showProof(v *visit.Visit) (*visit.Answer, error) {
	address, err := a.Identity.EmailMeant(v.Context, v.Session.Person, v.Params["secret"])
	if err != nil {
		return nil, err
	}
	page := AccountPage("web.email.confirm", ui.Text("web.email.proof", "address", address),
		ui.Act(ui.Primary(ui.Button(emailProofPath+v.Params["secret"], "web.email.confirm"))))
	page.Crumbs = append(page.Crumbs, ui.To(emailPath, "web.email.title"))
	return visit.Show(page), nil
}

// confirmEmail takes the address, and tells the one that it replaces.
func (a *App) confirmEmail(v *visit.Visit) (*visit.Answer, error) {
	former, err := a.writtenTo(v)
	if err != nil {
		return nil, err
	}
	address, err := a.Identity.ConfirmEmail(v.Context, v.By(), v.School(), v.Session.Person, v.Params["secret"])
	if err != nil {
		return nil, err
	}
	a.tellFormer(v, former, address)
	return visit.GoTo(emailPath).Say("web.email.confirmed", "address", address), nil
}

// cancelEmail takes back what the visitor asked for; where they are written to
// stays.
func (a *App) cancelEmail(v *visit.Visit) (*visit.Answer, error) {
	if err := a.Identity.CancelEmail(v.Context, v.By(), v.School(), v.Session.Person); err != nil {
		return nil, err
	}
	return visit.GoTo(emailPath).Say("web.email.cancelled"), nil
}

// forgetEmail has the visitor written to at the school's address, and tells the
// one that is forgotten.
func (a *App) forgetEmail(v *visit.Visit) (*visit.Answer, error) {
	former, err := a.writtenTo(v)
	if err != nil {
		return nil, err
	}
	if err := a.Identity.ForgetEmail(v.Context, v.By(), v.School(), v.Session.Person); err != nil {
		return nil, err
	}
	now, err := a.writtenTo(v)
	if err != nil {
		return nil, err
	}
	a.tellFormer(v, former, now)
	return visit.GoTo(emailPath).Say("web.email.forgotten"), nil
}

// reach says where mails go, or why they go nowhere, and leads to where that can
// be changed.
func (a *App) reach(v *visit.Visit) (*ui.Node, error) {
	if !a.Notify.Mails() {
		return ui.Banner(ui.Info, "web.ways.nomail"), nil
	}
	m, err := a.Identity.Member(v.Context, v.School(), v.Session.Person)
	if err != nil {
		return nil, err
	}
	to, err := a.Identity.EmailOf(v.Context, m)
	if err != nil {
		return nil, err
	}
	mine := a.Access.May(v.School(), v.Session.Roles, access.OwnEmail)
	switch {
	case to != "" && mine:
		return ui.BannerOf(ui.Info, ui.T("web.ways.address", "address", to), ui.To(emailPath, "web.email.change")), nil
	case to != "":
		return ui.Text("web.ways.address", "address", to), nil
	case mine:
		return ui.BannerOf(ui.Info, ui.T("web.email.none"), ui.To(emailPath, "web.email.give")), nil
	}
	return ui.Banner(ui.Info, "web.ways.noaddress"), nil
}

// mailed says in a word that an address waits for its confirmation, for the page
// of the account.
func (a *App) mailed(v *visit.Visit) (*ui.Words, error) {
	asked, err := a.Identity.EmailAsked(v.Context, v.Session.Person)
	if err != nil || asked == "" {
		return nil, err
	}
	return ui.T("web.email.waiting"), nil
}
