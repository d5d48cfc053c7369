package web

import (
	"strings"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/draw"
)

// hinted are the pages that bear a hint when they are opened for the first time,
// by the beginning of their path.
var hinted = []struct{ path, hint string }{
	{"/m/", "module"}, {home.WeekPath, "semaine"}, {draw.Notices, "notifications"}, {"/recherche", "recherche"}, {"/administration", "administration"},
}

// hint is what is said on this page, to this visitor, this once; "" mostly.
func (c *call) hint() string {
	if c.session == nil || c.session.MustChange || c.Method() != "GET" || c.fragment() {
		return ""
	}
	if c.session.Child != "" && len(c.session.Viewer.GetChildren()) > 1 {
		if text := c.firstTime("enfant"); text != "" {
			return text
		}
	}
	for _, h := range hinted {
		if strings.HasPrefix(c.Path(), h.path) {
			return c.firstTime(h.hint)
		}
	}
	return ""
}

// firstTime returns the words of a hint unless they were said before.
func (c *call) firstTime(hint string) string {
	first, err := c.app.Home.Hint(c.UserContext(), c.caller(), hint)
	if err != nil {
		c.app.Log.Error("web: hint", "request", c.id, "error", err)
	}
	if !first {
		return ""
	}
	return c.speaker().T("home.hint." + hint)
}

// intro is the step of the introduction that the guided page bears, 0 for none.
func (c *call) intro(composed *home.Composed) int {
	if composed.Mode != home.GuidedMode {
		return 0
	}
	step, err := c.app.Home.Intro(c.UserContext(), c.caller())
	if err != nil {
		c.app.Log.Error("web: introduction", "request", c.id, "error", err)
	}
	return step
}
