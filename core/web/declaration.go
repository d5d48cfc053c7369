package web

import (
	"context"
	"time"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// Contact is whom a school names for who cannot use a page. Any of it may be
// empty.
type Contact struct {
	Name  string `json:"name,omitempty"` // a person or a desk
	Email string `json:"email,omitempty"`
	Phone string `json:"phone,omitempty"`
	Post  string `json:"post,omitempty"` // postal address
}

// declared is the day the declaration was written or last reviewed.
var declared = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

// mostContacts is how many schools are listed to who is not signed in.
const mostContacts = 50

// showDeclaration answers the declaration of accessibility that the law asks
// for: state, what was tested and how, what is not accessible, whom to tell, and
// what to do without an answer.
func (a *App) showDeclaration(v *visit.Visit) (*visit.Answer, error) {
	contacts, err := a.contacts(v)
	if err != nil {
		return nil, err
	}
	page := ui.NewPage("web.declaration.title", ui.Text("web.declaration.lead"))
	for _, part := range []string{"state", "tests", "lacks", "made"} {
		page.Nodes = append(page.Nodes, ui.Section("web.declaration."+part, ui.Markdown(v.Say.T("web.declaration."+part+".text", "day", v.Say.FullDate(declared)))))
	}
	tell := ui.Section("web.declaration.tell", append([]*ui.Node{ui.Text("web.declaration.tell.text")}, contacts...)...)
	page.Nodes = append(page.Nodes, tell, ui.Section("web.declaration.appeal", ui.Markdown(v.Say.T("web.declaration.appeal.text"))))
	return visit.Show(page), nil
}

// contacts are those of the visitor's school, or of every school for who is not
// signed in: the form on paper says the same to everybody.
func (a *App) contacts(v *visit.Visit) ([]*ui.Node, error) {
	var schools []identity.School
	if v.Session != nil {
		schools = []identity.School{{ID: v.School(), Name: v.Session.Viewer.GetSchoolName()}}
	} else {
		all, err := a.Identity.Schools(v.Context)
		if err != nil {
			return nil, err
		}
		schools = all[:min(len(all), mostContacts)]
	}
	var nodes []*ui.Node
	for _, school := range schools {
		who, err := a.contact(v.Context, school.ID)
		if err != nil {
			return nil, err
		}
		facts := []*ui.Fact{{Label: ui.T("web.account.school"), Value: ui.S(school.Name)}}
		for _, f := range [][2]string{{"web.declaration.contact", who.Name}, {"web.declaration.email", who.Email}, {"web.declaration.phone", who.Phone}, {"web.declaration.post", who.Post}} {
			if f[1] != "" {
				facts = append(facts, &ui.Fact{Label: ui.T(f[0]), Value: ui.S(f[1])})
			}
		}
		if len(facts) == 1 {
			facts = append(facts, &ui.Fact{Label: ui.T("web.declaration.contact"), Value: ui.T("web.declaration.desk")})
		}
		nodes = append(nodes, ui.Facts(facts...))
	}
	return nodes, nil
}

func (a *App) contact(ctx context.Context, school ids.SchoolID) (Contact, error) {
	if a.Contact == nil {
		return Contact{}, nil
	}
	return a.Contact(ctx, school)
}
