package home

import (
	"context"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// shortcutsMost is how many first pages the shortcuts hold.
const shortcutsMost = 4

// own answers the core's own widgets.
func (s *Service) own(ctx context.Context, c host.Caller, p Placement) (*wire.Node, error) {
	switch p.Widget {
	case BannerWidget:
		return s.banner(ctx, c)
	case ShortcutsWidget:
		links := s.cfg.Modules.Shortcuts(c)
		return titled("home.widget.shortcuts", "home.shortcuts.none", ui.LinksOf(links[:min(len(links), shortcutsMost)]...)), nil
	case NewsWidget:
		return s.news(ctx, c)
	}
	return nil, errors.New(errors.NotFound, "home.unknown")
}

// banner shows the gravest important event; the others follow in a list.
func (s *Service) banner(ctx context.Context, c host.Caller) (*wire.Node, error) {
	all, err := s.Banner(ctx, c.School(), ids.Profile(c.Viewer.GetProfile()))
	switch {
	case err != nil:
		return nil, err
	case len(all) == 0:
		return titled("home.widget.banner", "home.banner.none", ui.List()), nil
	case len(all) == 1:
		return titled("home.widget.banner", "", ui.BannerOf(all[0].Tone, all[0].words(), s.wayTo(c, all[0].Module))), nil
	}
	items := make([]*ui.Item, 0, len(all))
	for _, a := range all {
		items = append(items, &ui.Item{Title: a.words(), Tone: a.Tone, Icon: "megaphone", Link: s.wayTo(c, a.Module)})
	}
	return titled("home.widget.banner", "", ui.List(items...)), nil
}

// news shows the latest item, or the welcome when the school has said nothing.
func (s *Service) news(ctx context.Context, c host.Caller) (*wire.Node, error) {
	all, err := s.shown(ctx, c.School(), ids.Profile(c.Viewer.GetProfile()), true)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return titled("home.widget.welcome", "", ui.Text("home.welcome", "school", c.Viewer.GetSchoolName())), nil
	}
	n := titled("", "", ui.Markdown(all[0].Text))
	n.Link = s.wayTo(c, all[0].Module)
	n.Title = ui.S(all[0].Title)
	if all[0].Title == "" {
		n.Title = ui.T("home.widget.news")
	}
	return n, nil
}

// wayTo is the link to the first page of a module, nil when there is none or
// the caller's profile may not open it. The copy is shared by all of a profile,
// so extra roles do not count.
func (s *Service) wayTo(c host.Caller, module ids.ModuleID) *wire.Link {
	if module == "" {
		return nil
	}
	for _, l := range s.cfg.Modules.Shortcuts(host.Caller{Viewer: c.Viewer, Roles: []string{c.Viewer.GetProfile()}}) {
		if l.Module == string(module) {
			return l
		}
	}
	return nil
}

func titled(title, empty string, n *wire.Node) *wire.Node {
	n.Title = ui.T(title)
	if empty != "" {
		n.Empty = &wire.Empty{Text: ui.T(empty)}
	}
	return n
}
