package home

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Announcement is something the school says on home pages: an important event
// in the banner, or a news item.
type Announcement struct {
	ID       string        `json:"id"`
	News     bool          `json:"news,omitempty"` // a news item; else the banner
	Title    string        `json:"title,omitempty"`
	Text     string        `json:"text"` // plain in the banner, Markdown in news
	Tone     wire.Tone     `json:"tone,omitempty"`
	Module   ids.ModuleID  `json:"module,omitempty"` // leads to it, for those who may open it
	Path     string        `json:"path,omitempty"`   // inside the module; empty: its first page
	From     time.Time     `json:"from,omitzero"`
	Until    time.Time     `json:"until,omitzero"`     // zero: until it is taken down
	Profiles []ids.Profile `json:"profiles,omitempty"` // empty: everybody
	Groups   []ids.GroupID `json:"groups,omitempty"`   // classes and groups with their pupils' parents; empty: the whole school
	Receipt  bool          `json:"receipt,omitempty"`  // of the banner: people say that they have read it
	Urgent   bool          `json:"urgent,omitempty"`   // for families too whatever the school's hours
	Families time.Time     `json:"families,omitzero"`  // from when on families see it; zero: as everybody
	At       time.Time     `json:"at"`                 // of the last change
}

// Bounds of an announcement, in characters.
const (
	maxBanner = 300
	maxNews   = 4000
	maxTitle  = 120
)

var announcements = store.NewCollection[Announcement]("home.announcements")

// For reports whether a is meant for somebody of a profile and these classes
// and groups; a parent's are those of the children.
func (a *Announcement) For(p ids.Profile, groups ...ids.GroupID) bool {
	return (len(a.Profiles) == 0 || slices.Contains(a.Profiles, p)) &&
		(len(a.Groups) == 0 || slices.ContainsFunc(groups, func(g ids.GroupID) bool { return slices.Contains(a.Groups, g) }))
}

// Shown reports whether a is shown at a time to those of a profile whom it is
// meant for: to families in the school's hours of publishing.
func (a *Announcement) Shown(now time.Time, p ids.Profile) bool {
	return !now.Before(a.From) && (a.Until.IsZero() || now.Before(a.Until)) && !(family(p) && now.Before(a.Families))
}

func (a *Announcement) check() error {
	a.Title, a.Text = strings.TrimSpace(a.Title), strings.TrimSpace(a.Text)
	most := maxBanner
	if a.News {
		most = maxNews
	}
	switch {
	case a.Text == "":
		return errors.Field("texte", "home.announcement.empty")
	case utf8.RuneCountInString(a.Text) > most:
		return errors.Field("texte", "home.announcement.long")
	case utf8.RuneCountInString(a.Title) > maxTitle:
		return errors.Field("titre", "home.announcement.long")
	case !a.Until.IsZero() && !a.Until.After(a.From):
		return errors.Field("jusqua", "home.announcement.ends")
	case a.Path != "" && (a.Module == "" || !ui.CleanPath(a.Path)):
		return errors.Field("adresse", "home.announcement.link")
	case slices.ContainsFunc(a.Profiles, func(p ids.Profile) bool { return !p.Valid() }):
		return errors.Field("profils", "home.announcement.profile")
	}
	return nil
}

// Announcements lists all of a school, the newest first, past ones included.
func (s *Service) Announcements(ctx context.Context, school ids.SchoolID) ([]*Announcement, error) {
	space, err := s.cfg.Engine.Open(ctx, school)
	if err != nil {
		return nil, err
	}
	var out []*Announcement
	err = space.View(ctx, func(tx store.Tx) error {
		out = nil
		for a, err := range announcements.Range(tx, "") {
			if err != nil {
				return err
			}
			out = append(out, a)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b *Announcement) int { return cmp.Compare(b.At.UnixNano(), a.At.UnixNano()) })
	return out, err
}

// Announce adds an announcement (ID empty) or changes one, and shows it: to
// families at the school's next hour of publishing, which is a.Families then,
// unless it is urgent; the caller has checked that it may be. Whoever had read
// other words is asked again. Invalid names the field: texte, titre, adresse,
// jusqua, profils.
func (s *Service) Announce(ctx context.Context, by audit.By, school ids.SchoolID, a *Announcement) error {
	if err := a.check(); err != nil {
		return err
	}
	zone := s.zone(ctx, school)
	a.At = s.cfg.Now()
	return s.announce(ctx, by, school, "set", func(tx store.Tx) (string, error) {
		was, err := announcements.Get(tx, a.ID)
		if errors.KindOf(err) == errors.NotFound {
			was, err = nil, nil
		}
		if err != nil {
			return "", err
		}
		opens, err := s.opening(tx, zone, a)
		if err != nil {
			return "", err
		}
		hurried, err := a.publish(was, a.At, opens)
		if err != nil {
			return "", err
		}
		if err := forgetOther(tx, was, a); err != nil {
			return "", err
		}
		if err := announcements.Put(tx, a); err != nil || !hurried {
			return a.ID, err
		}
		return a.ID, s.record(tx, by, school, audit.Entry{Action: audit.NoticeUrgent, Object: a.ID})
	})
}

// TakeDown removes an announcement and who has read it; NotFound when it is not there.
func (s *Service) TakeDown(ctx context.Context, by audit.By, school ids.SchoolID, id string) error {
	return s.announce(ctx, by, school, "taken down", func(tx store.Tx) (string, error) {
		if err := forgetReceipts(tx, id); err != nil {
			return "", err
		}
		return id, announcements.Delete(tx, id)
	})
}

// announce changes announcements and the journal in one transaction, then drops
// the copies that showed what was before.
func (s *Service) announce(ctx context.Context, by audit.By, school ids.SchoolID, what string, change func(store.Tx) (string, error)) error {
	space, err := s.cfg.Engine.Open(ctx, school)
	if err != nil {
		return err
	}
	err = space.Update(ctx, func(tx store.Tx) error {
		id, err := change(tx)
		if err != nil {
			return err
		}
		return s.record(tx, by, school, audit.Entry{Action: audit.BannerChanged, Object: id, Details: map[string]string{"change": what}})
	})
	s.marks.set(markKey{school: school, widget: BannerWidget})
	s.marks.set(markKey{school: school, widget: NewsWidget})
	return err
}

// record notes in the journal who did it.
func (s *Service) record(tx store.Tx, by audit.By, school ids.SchoolID, e audit.Entry) error {
	if s.cfg.Audit == nil {
		return nil
	}
	e.Actor, e.Address, e.School = by.Person, by.Address, school
	return s.cfg.Audit.RecordIn(tx, e)
}
