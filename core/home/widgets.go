package home

import (
	"context"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// shortcutsMost is how many the shortcuts hold.
const shortcutsMost = 4

// own answers the core's own widgets.
func (s *Service) own(ctx context.Context, c host.Caller, p Placement) (*wire.Node, error) {
	switch p.Widget {
	case BannerWidget:
		return s.banner(ctx, c)
	case ShortcutsWidget:
		return titled("home.widget.shortcuts", "home.shortcuts.none", ui.LinksOf(s.shortcuts(c)...)), nil
	case WeekWidget:
		return s.week(ctx, c, p), nil
	case NewsWidget:
		return s.news(ctx, c)
	}
	return nil, errors.New(errors.NotFound, "home.unknown")
}

// shortcuts are two to four: the modules' first pages, then pages of the core
// as far as there is room.
func (s *Service) shortcuts(c host.Caller) []*wire.Link {
	links := s.cfg.Modules.Shortcuts(c)
	if _, some := s.cfg.Modules.TaskEvents(c.School()); some {
		links = append(links, ui.WithIcon(ui.IconPrint, ui.To(WeekPath, "home.shortcut.week")))
	}
	links = append(links, ui.WithIcon(ui.IconBell, ui.To("/notifications", "home.shortcut.notices")), ui.WithIcon(ui.IconHelp, ui.To(HelpPath, "home.shortcut.help")))
	return links[:min(len(links), shortcutsMost)]
}

// news shows the latest item, or the welcome when the school has said nothing.
func (s *Service) news(ctx context.Context, c host.Caller) (*wire.Node, error) {
	all, err := s.shown(ctx, c.Viewer, true)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return titled("home.widget.news", "", ui.Text("home.welcome", "school", c.Viewer.GetSchoolName())), nil
	}
	n := ui.Markdown(all[0].Text)
	if all[0].Title != "" { // below the block's own name
		n.Title = ui.S(all[0].Title)
		n = ui.SectionOf(nil, n)
	}
	n.Title, n.Link = ui.T("home.widget.news"), s.wayTo(c, all[0])
	return n, nil
}

func titled(title, empty string, n *wire.Node) *wire.Node {
	n.Title = ui.T(title)
	if empty != "" {
		n.Empty = &wire.Empty{Text: ui.T(empty)}
	}
	return n
}
