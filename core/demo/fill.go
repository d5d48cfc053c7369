package demo

import (
	"context"
	"encoding/json"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/sdk/demo"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Services are the parts of the core that the demonstration fills.
type Services struct {
	Identity *identity.Service
	Modules  Modules
	Events   Events
	Home     Home
	Looks    Looks
}

// Modules is what is asked of core/host.
type Modules interface {
	Manifests() []*manifest.Manifest
	Enable(ctx context.Context, school ids.SchoolID, module ids.ModuleID) error
}

// Looks is what is asked of core/web/console.
type Looks interface {
	Wear(ctx context.Context, by audit.By, school ids.SchoolID, look theme.Look) error
}

// Events is what is asked of core/events.
type Events interface {
	Publish(ctx context.Context, e events.Event) error
}

// Fill makes the schools and their people, gives a school the look it has of its
// own, says something on the home pages, switches every module on and asks the
// modules to make up data around today. Interrupted, it may be run again: what is
// there already stays. progress, which may be nil, is told how many of the
// accounts of one school after the other are made.
func Fill(ctx context.Context, s Services, today time.Time, progress func(done, total int)) ([]Account, error) {
	c, err := newCast(today)
	if err != nil {
		return nil, errors.Internal(err)
	}
	var accounts []Account
	everywhere := map[string]ids.PersonID{} // people of several schools
	for i := range outlines {
		o := &outlines[i]
		if err := addSchool(ctx, s.Identity, o.school); err != nil {
			return nil, err
		}
		people := c.people[i]
		for j := range people {
			people[j].Person = everywhere[people[j].Source]
		}
		saved, err := s.Identity.SaveMembers(ctx, identity.Batch{
			School: o.school.ID, Groups: o.batch(), People: people, Progress: progress,
		})
		if err != nil {
			return nil, err
		}
		for j, e := range people {
			if c.shared[e.Source] {
				everywhere[e.Source] = saved.People[j]
			}
		}
		members, err := s.Identity.People(ctx, o.school.ID, saved.People...)
		if err != nil {
			return nil, err
		}
		accounts = append(accounts, accountsOf(o, members)...)
		groups, err := s.Identity.Groups(ctx, o.school.ID)
		if err != nil {
			return nil, err
		}
		if o.look != (theme.Look{}) {
			if err := s.Looks.Wear(ctx, audit.By{}, o.school.ID, o.look); err != nil {
				return nil, err
			}
		}
		if err := announce(ctx, s.Home, i, groups); err != nil {
			return nil, err
		}
		if err := fillModules(ctx, s, o, groups, people, saved.People, today); err != nil {
			return nil, err
		}
	}
	return accounts, nil
}

// addSchool makes the school known unless it is.
func addSchool(ctx context.Context, s *identity.Service, school identity.School) error {
	_, err := s.AddSchool(ctx, audit.By{}, school)
	if errors.KindOf(err) == errors.Conflict {
		return nil
	}
	return err
}

func (o *outline) batch() []identity.Group {
	var groups []identity.Group
	for _, l := range o.classes {
		groups = append(groups, identity.Group{Source: sourceOf(identity.Classe, l.name), Name: l.name, Kind: identity.Classe})
	}
	for _, g := range o.groups {
		groups = append(groups, identity.Group{Source: sourceOf(identity.Groupe, g.name), Name: g.name, Kind: identity.Groupe})
	}
	return groups
}

// fillModules switches the modules on and sends them the school's classes.
func fillModules(ctx context.Context, s Services, o *outline, groups []*identity.Group, people []identity.Entry, persons []ids.PersonID, today time.Time) error {
	for _, m := range s.Modules.Manifests() {
		if err := s.Modules.Enable(ctx, o.school.ID, ids.ModuleID(m.ID)); err != nil {
			return err
		}
	}
	fill := demo.Fill{School: o.school.ID, Today: today.Format(time.DateOnly)}
	for _, l := range o.classes {
		fill.Classes = append(fill.Classes, classOf(o, l.name, groups, people, persons))
	}
	payload, err := json.Marshal(fill)
	if err != nil {
		return errors.Internal(err)
	}
	return s.Events.Publish(ctx, events.Event{
		ID: "demo-" + string(o.school.ID), Name: demo.Event, School: o.school.ID, Payload: payload, At: today,
	})
}

// classOf lists who teaches and who sits in a class. Teachers come in the order
// of the subjects, right after the offices.
func classOf(o *outline, name string, groups []*identity.Group, people []identity.Entry, persons []ids.PersonID) demo.Class {
	class := demo.Class{Name: name}
	for _, g := range groups {
		if g.Kind == identity.Classe && g.Name == name {
			class.ID = ids.GroupID(g.ID)
		}
	}
	for i, subject := range o.subjects {
		class.Teachers = append(class.Teachers, demo.Teacher{Person: persons[len(offices)+i], Subject: subject})
	}
	for i, e := range people {
		if e.Profile == ids.Eleve && e.Groups[0] == sourceOf(identity.Classe, name) {
			class.Pupils = append(class.Pupils, persons[i])
		}
	}
	return class
}
