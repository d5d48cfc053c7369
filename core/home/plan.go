package home

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unique"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// planAge is how long a plan is kept: rights and the school's layout are in
// force within it.
const planAge = time.Second

// plan is which widgets a person's page holds, before any of them is asked.
type plan struct {
	mode   Mode
	sheet  string
	sheets []Tab
	slots  []slot
	last   atomic.Pointer[together] // nil: nobody has seen it
}

type slot struct {
	placement Placement
	offer     Offer
	key       copyKey
	settled   *Copy // what it shows whatever the module says: locked, an example
}

// planKey is all of a caller that a plan depends on, within planAge.
type planKey struct {
	school  string
	person  string
	child   string
	locale  string
	profile string
	sheet   string
}

// copyKey stands for one [sharing]: a page looks up eight copies, and compares
// eight pointers instead of fifty texts.
type copyKey = unique.Handle[sharing]

// sharing is all that a drawn copy depends on: the instance and who may share it.
type sharing struct {
	school   string
	instance string
	widget   string
	size     Size
	settings string
	locale   string
	scope    string // person and child, or what the rights of a viewer come from
}

func (s *Service) offers(school ids.SchoolID) []Offer {
	own := Own()
	if events, some := s.cfg.Modules.TaskEvents(school); some {
		own = append(own, ownWeek(events))
	}
	return append(own, s.cfg.Modules.Offers(school)...)
}

// plan returns the caller's page from the cache or makes it.
func (s *Service) plan(ctx context.Context, c host.Caller, sheet string) (*plan, error) {
	v := c.Viewer
	key := planKey{v.GetSchool(), v.GetPerson(), v.GetChild(), v.GetLocale(), v.GetProfile(), sheet}
	if p, ok := s.plans.GetIfPresent(key); ok {
		return p, nil
	}
	page, err := s.PageAt(ctx, c, sheet)
	if err != nil {
		return nil, err
	}
	p := s.planOf(c, page)
	s.plans.Set(key, p)
	return p, nil
}

// everyPlan returns those of all the caller's pages, the first one first.
func (s *Service) everyPlan(ctx context.Context, c host.Caller) ([]*plan, error) {
	first, err := s.plan(ctx, c, "")
	if err != nil {
		return nil, err
	}
	all := []*plan{first}
	for _, t := range first.sheets {
		p, err := s.plan(ctx, c, t.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// planOf is the plan of a page as it is now.
func (s *Service) planOf(c host.Caller, page *Page) *plan {
	p := &plan{mode: page.Mode, sheet: page.Sheet, sheets: page.Sheets}
	for _, at := range page.Layout {
		p.slots = append(p.slots, s.slot(c, page.Offer(at.Widget), at))
	}
	return p
}

func (s *Service) slot(c host.Caller, o Offer, at Placement) slot {
	at.Size, at.Settings = o.Size(at.Size), manifest.Options(o.Fields, at.Settings)
	out := slot{placement: at, offer: o, key: keyOf(c, o, at)}
	if !s.may(c, o) {
		out.settled = s.without(Locked)
	}
	return out
}

func (s *Service) may(c host.Caller, o Offer) bool {
	return s.cfg.Rights.May(c.School(), c.Roles, o.Permission)
}

// keyOf says who may share a copy. Even one for the whole school is drawn with
// the links of those who may follow them, and with the child's name or not.
func keyOf(c host.Caller, o Offer, p Placement) copyKey {
	v := c.Viewer
	k := sharing{school: v.GetSchool(), instance: p.Instance, widget: p.Widget, size: p.Size,
		settings: settingsKey(p.Settings), locale: v.GetLocale()}
	if o.Cache == OfProfile || o.Cache == OfSchool {
		k.scope = strings.Join(append([]string{v.GetProfile()}, c.Roles...), " ")
		if len(v.GetChildren()) > 1 {
			k.scope += " +"
		}
	} else {
		k.scope = v.GetPerson() + "/" + v.GetChild()
	}
	return unique.Make(k)
}

// settingsKey writes settings in one way.
func settingsKey(settings map[string]string) string {
	if len(settings) == 0 {
		return ""
	}
	parts := make([]string, 0, len(settings))
	for k, v := range settings {
		parts = append(parts, k+"\x00"+v)
	}
	slices.Sort(parts)
	return strings.Join(parts, "\x01")
}

func contains(list []string, s string) bool { return slices.Contains(list, s) }
