package console

import (
	"context"
	"encoding/json"
	"net/mail"
	"strings"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/web"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

const contactPath = root + "/accessibilite"

var contactKey = []byte("console.contact")

// Contact returns whom a school names for who cannot use a page; the zero
// Contact when it named nobody.
func (c *Console) Contact(ctx context.Context, school ids.SchoolID) (who web.Contact, err error) {
	space, err := c.Engine.Open(ctx, school)
	if err != nil {
		return who, err
	}
	err = space.View(ctx, func(tx store.Tx) error {
		text, ok, err := tx.Get(contactKey)
		if err != nil || !ok {
			return err
		}
		return json.Unmarshal(text, &who)
	})
	return who, err
}

// showContact answers the form in which the school names its contact.
func (c *Console) showContact(v *visit.Visit) (*visit.Answer, error) {
	who, err := c.Contact(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	return visit.Show(contactPage(contactForm(who))), nil
}

func contactPage(form *ui.Form) *ui.Page {
	return page(ui.T("console.contact"), nil, ui.More(ui.Text("console.contact.explain"), ui.To(draw.Declaration, "console.contact.see")),
		ui.FormOf(form))
}

func contactForm(who web.Contact) *ui.Form {
	return ui.NewForm(contactPath, "console.save",
		ui.TextField("nom", "console.contact.name", ui.Value(who.Name), ui.Max(100), ui.Help("console.contact.name.help")),
		ui.TextField("courriel", "console.person.email", ui.Value(who.Email), ui.As("email", ""), ui.Max(200)),
		ui.TextField("telephone", "console.contact.phone", ui.Value(who.Phone), ui.As("tel", ""), ui.Max(30)),
		ui.TextField("adresse", "console.contact.post", ui.Value(who.Post), ui.Max(200)))
}

// setContact keeps the contact.
func (c *Console) setContact(v *visit.Visit) (*visit.Answer, error) {
	field := func(name string) string { return strings.Join(strings.Fields(v.Form.Get(name)), " ") }
	who := web.Contact{Name: field("nom"), Email: field("courriel"), Phone: field("telephone"), Post: field("adresse")}
	if err := checkContact(who); err != nil {
		return again(err, nil, func() *ui.Page { return contactPage(ui.Blame(contactForm(who), err)) })
	}
	text, err := json.Marshal(who)
	if err != nil {
		return nil, errors.Internal(err)
	}
	space, err := c.Engine.Open(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	err = space.Update(v.Context, func(tx store.Tx) error {
		if err := tx.Put(contactKey, text); err != nil {
			return err
		}
		return c.Audit.RecordIn(tx, audit.Entry{Actor: v.By().Person, Address: v.By().Address, School: v.School(),
			Action: audit.SchoolChanged, Object: string(v.School()), Details: map[string]string{"contact": who.Name}})
	})
	if err != nil {
		return nil, err
	}
	return visit.GoTo(contactPath).Say("console.saved"), nil
}

func checkContact(who web.Contact) error {
	for name, text := range map[string]string{"nom": who.Name, "courriel": who.Email, "telephone": who.Phone, "adresse": who.Post} {
		if len(text) > 400 {
			return errors.Field(name, "error.field.long")
		}
	}
	if who.Email != "" {
		if a, err := mail.ParseAddress(who.Email); err != nil || a.Address != who.Email {
			return errors.Field("courriel", "identity.person.email")
		}
	}
	return nil
}
