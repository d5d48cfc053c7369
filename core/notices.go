package core

import (
	"cmp"
	"context"
	"time"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/core/push"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// openNotices gives the notices what reaches people beyond the page.
// Serve has them told when it is time.
func (c *Core) openNotices(ctx context.Context) (err error) {
	site, err := c.site()
	if err != nil {
		return err
	}
	tools := notify.Tools{Now: c.Config.Now, People: readers{c.Identity}, Kinds: c.kinds, May: c.Access.May, Words: c.Words, Site: site, Log: c.Config.Log}
	if c.Config.Mail.Server != "" {
		c.Config.Mail.Now = c.Config.Now
		if c.Mail, err = mail.New(c.Config.Mail); err != nil {
			return err
		}
		tools.Mail = c.Mail
	}
	cfg := c.Config.Push
	cfg.Engine, cfg.Now = c.Store, c.Config.Now
	if cfg.Contact == "" {
		cfg.Contact = c.Config.Mail.From
	}
	if c.Push, err = push.New(ctx, cfg); err != nil {
		return err
	}
	tools.Push = c.Push
	if err := c.Notify.Equip(ctx, tools); err != nil {
		return err
	}
	c.closers = append(c.closers, func() error { c.Push.Close(); return nil })
	return nil
}

// kinds lists what the modules that a school enabled may tell people of.
func (c *Core) kinds(school ids.SchoolID) (kinds []notify.Kind) {
	for _, m := range c.Host.Manifests() {
		if !c.Host.IsEnabled(school, m.ID) {
			continue
		}
		for _, n := range m.Notices {
			kinds = append(kinds, notify.Kind{Module: m.ID, Notice: n})
		}
	}
	return kinds
}

// readers says to the notices who people are.
type readers struct{ identity *identity.Service }

var _ notify.People = readers{}

func (r readers) Readers(ctx context.Context, id ids.SchoolID, people ...ids.PersonID) ([]notify.Reader, error) {
	school, err := r.identity.School(ctx, id)
	if err != nil {
		return nil, err
	}
	members, err := r.identity.People(ctx, id, people...)
	if err != nil {
		return nil, err
	}
	zone := zoneOf(school)
	out := make([]notify.Reader, 0, len(members))
	for _, m := range members {
		one := notify.Reader{Person: m.Person(), Name: m.Name(), Profile: m.Profile, Roles: m.AllRoles(), Email: m.Email, Lang: school.Locale, Zone: zone, School: school.Name}
		children, err := r.identity.People(ctx, id, m.Children...)
		if err != nil {
			return nil, err
		}
		for _, c := range children {
			one.Children = append(one.Children, notify.Child{Person: c.Person(), Name: c.FirstName})
		}
		account, err := r.identity.Account(ctx, m.Person())
		if err != nil && errors.KindOf(err) != errors.NotFound {
			return nil, err
		}
		if err == nil {
			one.Lang, one.Email = cmp.Or(account.Locale, one.Lang), cmp.Or(account.Email, one.Email)
		}
		out = append(out, one)
	}
	return out, nil
}

func (r readers) Schools(ctx context.Context, person ids.PersonID) (list []ids.SchoolID, err error) {
	account, err := r.identity.Account(ctx, person)
	if errors.KindOf(err) == errors.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, school := range account.Schools {
		living, err := r.identity.People(ctx, school, person)
		if err != nil {
			return nil, err
		}
		if len(living) > 0 {
			list = append(list, school)
		}
	}
	return list, nil
}

func (r readers) Zone(ctx context.Context, id ids.SchoolID) *time.Location {
	school, err := r.identity.School(ctx, id)
	if err != nil {
		return time.UTC
	}
	return zoneOf(school)
}

func zoneOf(s identity.School) *time.Location {
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return time.UTC
	}
	return zone
}
