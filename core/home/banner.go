package home

import (
	"cmp"
	"context"
	"slices"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// BannerAnchor is the id of the banner's list: it is drawn one line each.
const BannerAnchor = "evenements"

// Acknowledge + id + AcknowledgeEnd is where somebody says that they have read.
const (
	AcknowledgePath = "/accueil/annonces/"
	AcknowledgeEnd  = "/lu"
)

// Banner returns the important events that a viewer sees now, the gravest
// first: those they have read and said so are no longer among them.
func (s *Service) Banner(ctx context.Context, v *wire.Viewer) ([]*Announcement, error) {
	all, err := s.shown(ctx, v, false)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	read, err := s.readBy(ctx, v, all)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(a *Announcement) bool { return read[a.ID] })
	slices.SortStableFunc(all, func(a, b *Announcement) int { return cmp.Compare(gravity[b.Tone], gravity[a.Tone]) })
	return all, nil
}

var gravity = map[wire.Tone]int{ui.Bad: 3, ui.Warn: 2, ui.Info: 1}

// shown lists what is said to a viewer now, the newest first.
func (s *Service) shown(ctx context.Context, v *wire.Viewer, news bool) ([]*Announcement, error) {
	all, err := s.Announcements(ctx, ids.SchoolID(v.GetSchool()))
	now := s.cfg.Now()
	return slices.DeleteFunc(all, func(a *Announcement) bool {
		return a.News != news || !a.Shown(now, ids.Profile(v.GetProfile())) || !a.meant(v)
	}), err
}

// meant reports whether a is for the viewer, or for one of their children.
func (a *Announcement) meant(v *wire.Viewer) bool {
	groups := groupIDs(v.GetGroups())
	for _, c := range v.GetChildren() {
		if v.GetChild() == "" || v.GetChild() == c.GetPerson() {
			groups = append(groups, groupIDs(c.GetGroups())...)
		}
	}
	return a.For(ids.Profile(v.GetProfile()), groups...)
}

// about names the viewer's children in the classes that a is for.
func (a *Announcement) about(v *wire.Viewer) (list []*wire.About) {
	for _, c := range v.GetChildren() {
		if len(a.Groups) > 0 && a.For(ids.Profile(v.GetProfile()), groupIDs(c.GetGroups())...) {
			list = append(list, &wire.About{Person: c.GetPerson(), Name: c.GetFirstName()})
		}
	}
	return list
}

func groupIDs(groups []*wire.Group) []ids.GroupID {
	out := make([]ids.GroupID, len(groups))
	for i, g := range groups {
		out[i] = ids.GroupID(g.GetId())
	}
	return out
}

// banner lists the important events, the gravest first.
func (s *Service) banner(ctx context.Context, c host.Caller) (*wire.Node, error) {
	all, err := s.Banner(ctx, c.Viewer)
	if err != nil {
		return nil, err
	}
	items := make([]*ui.Item, 0, len(all))
	for _, a := range all {
		items = append(items, s.bannerItem(c, a))
	}
	n := titled("home.widget.banner", "home.banner.none", ui.List(items...))
	n.Id = BannerAnchor
	return n, nil
}

func (s *Service) bannerItem(c host.Caller, a *Announcement) *ui.Item {
	item := &ui.Item{Title: ui.S(a.Title), Detail: ui.S(a.Text), Tone: a.Tone, Icon: ui.IconMegaphone, About: a.about(c.Viewer), Link: s.wayTo(c, a)}
	if a.Title == "" {
		item.Title, item.Detail = ui.S(a.Text), nil
	}
	if a.Receipt {
		item.Actions = []*ui.Action{ui.Button(AcknowledgePath+a.ID+AcknowledgeEnd, "home.banner.read")}
	}
	return item
}

// wayTo is the link of an announcement, nil when it has none or leads where the
// caller may not go.
func (s *Service) wayTo(c host.Caller, a *Announcement) *wire.Link {
	if a.Module == "" {
		return nil
	}
	for _, l := range s.cfg.Modules.Shortcuts(c) {
		if l.Module == string(a.Module) {
			if a.Path != "" {
				return &wire.Link{Module: l.Module, Path: a.Path, Label: ui.T("home.banner.more"), Icon: l.Icon}
			}
			return l
		}
	}
	return nil
}
