package identity

import (
	"context"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Kinds of school.
const (
	Ecole   = "ecole"
	College = "college"
	Lycee   = "lycee"
)

// School is one school of this installation.
type School struct {
	ID       ids.SchoolID `json:"id"` // UAI
	Name     string       `json:"name"`
	Kind     string       `json:"kind,omitempty"`      // Ecole, College, Lycee; may be empty
	TimeZone string       `json:"time_zone,omitempty"` // IANA name; Europe/Paris when added without
	Locale   string       `json:"locale,omitempty"`    // fr when added without
}

// isLanguage reports whether a tag names a language. Whether it is spoken here
// is the catalogue's to say: what nobody speaks is said in the fallback.
func isLanguage(tag string) bool {
	t, err := language.Parse(tag)
	return err == nil && t.String() == tag
}

// check fills in what was left out and says what is wrong, by field.
func (s *School) check() error {
	s.Name = strings.TrimSpace(s.Name)
	if s.TimeZone == "" {
		s.TimeZone = "Europe/Paris"
	}
	if s.Locale == "" {
		s.Locale = "fr"
	}
	_, zone := time.LoadLocation(s.TimeZone)
	switch {
	case s.Name == "" || len(s.Name) > 200:
		return errors.Field("name", "identity.school.name")
	case s.Kind != "" && !slices.Contains([]string{Ecole, College, Lycee}, s.Kind):
		return errors.Field("kind", "identity.school.kind")
	case zone != nil:
		return errors.Field("time_zone", "identity.school.timezone")
	case !isLanguage(s.Locale):
		return errors.Field("locale", "identity.school.locale")
	}
	return nil
}

// AddSchool makes a school known. A UAI with a wrong check letter is accepted
// with a warning (a translation key); one that is not seven digits and a
// letter is Invalid, one already known is Conflict.
func (s *Service) AddSchool(ctx context.Context, by audit.By, school School) (warnings []string, err error) {
	id, wellFormed, checked := ids.ParseUAI(string(school.ID))
	if !wellFormed {
		return nil, errors.Field("uai", "identity.school.uai")
	}
	if !checked {
		warnings = append(warnings, "identity.school.checkletter")
	}
	school.ID = id
	if err := school.check(); err != nil {
		return nil, err
	}
	if _, err := s.engine.Open(ctx, id); err != nil { // so that a known school always has its space
		return nil, err
	}
	err = s.global.Update(ctx, func(tx store.Tx) error {
		if err := schools.Insert(tx, &school); err != nil {
			if errors.KindOf(err) == errors.Conflict {
				return errors.Wrap(err, errors.Conflict, "identity.school.exists")
			}
			return err
		}
		return s.audit.RecordIn(tx, audit.Entry{Actor: by.Person, Address: by.Address,
			Action: audit.SchoolAdded, Object: string(id), Details: map[string]string{"name": school.Name}})
	})
	if err != nil {
		return nil, err
	}
	return warnings, nil
}

// SetSchool changes name, kind, time zone and language of a known school.
func (s *Service) SetSchool(ctx context.Context, by audit.By, school School) error {
	if err := school.check(); err != nil {
		return err
	}
	err := s.global.Update(ctx, func(tx store.Tx) error {
		if _, err := schools.Get(tx, string(school.ID)); err != nil {
			return schoolError(err)
		}
		if err := schools.Put(tx, &school); err != nil {
			return err
		}
		return s.audit.RecordIn(tx, audit.Entry{Actor: by.Person, Address: by.Address,
			Action: audit.SchoolChanged, Object: string(school.ID), Details: map[string]string{"name": school.Name}})
	})
	s.touch(school.ID)
	return err
}

// Schools lists all schools by UAI.
func (s *Service) Schools(ctx context.Context) (list []School, err error) {
	err = s.global.View(ctx, func(tx store.Tx) error {
		list = nil
		for school, err := range schools.Range(tx, "") {
			if err != nil {
				return err
			}
			list = append(list, *school)
		}
		return nil
	})
	return list, err
}

// Only returns the school of an installation that has one school: there it is
// known whose pages those are that nobody is signed in for. With several, or
// none, it is the zero School.
func (s *Service) Only(ctx context.Context) (only School, err error) {
	err = s.global.View(ctx, func(tx store.Tx) error {
		only = School{}
		for school, err := range schools.Range(tx, "", store.Limit(2)) {
			if err != nil {
				return err
			}
			if only.ID != "" {
				only = School{}
				return nil
			}
			only = *school
		}
		return nil
	})
	return only, err
}

// School returns one school; NotFound when unknown.
func (s *Service) School(ctx context.Context, id ids.SchoolID) (School, error) {
	if school, ok := s.known.Load(id); ok {
		return school.(School), nil
	}
	epoch := s.epoch(id)
	before := epoch.Load()
	var school *School
	err := s.global.View(ctx, func(tx store.Tx) (err error) {
		school, err = schools.Get(tx, string(id))
		return schoolError(err)
	})
	if err != nil {
		return School{}, err
	}
	s.known.Store(id, *school)
	if epoch.Load() != before { // changed while it was read
		s.known.Delete(id)
	}
	return *school, nil
}

// space opens the space of a known school, and of no other: opening makes it.
func (s *Service) space(ctx context.Context, id ids.SchoolID) (store.Space, error) {
	if _, err := s.School(ctx, id); err != nil {
		return nil, err
	}
	return s.engine.Open(ctx, id)
}

func schoolError(err error) error {
	if errors.KindOf(err) == errors.NotFound {
		return errors.Wrap(err, errors.NotFound, "identity.school.unknown")
	}
	return err
}
