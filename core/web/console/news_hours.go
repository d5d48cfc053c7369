package console

import (
	"time"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// state says where an announcement stands: shown, over, or from when on, for
// families by the school's hours of publishing, which may have moved past its end.
func state(v *visit.Visit, a *home.Announcement) *ui.Words {
	switch now := v.Say.Now; {
	case !a.Until.IsZero() && !now.Before(a.Until):
		return ui.T("console.news.over")
	case a.Missed():
		return ui.T("console.news.missed")
	case a.Held(now) && a.OnlyFamilies():
		return ui.T("console.news.held", "at", moment(v, a.Families))
	case a.Held(now):
		return ui.T("console.news.held.families", "at", moment(v, a.Families))
	case now.Before(a.From):
		return ui.T("console.news.soon", "at", ui.Time(a.From, ui.DateTime))
	}
	return ui.T("console.news.shown")
}

// moment is a time to come as people say it: "demain à 7 h".
func moment(v *visit.Visit, at time.Time) *ui.Words {
	return ui.T("console.news.moment", "day", v.Say.Day(at), "clock", v.Say.Clock(at))
}

// closed says that families read later what is published now; nil while they
// read it at once.
func (c *Console) closed(v *visit.Visit) (*ui.Node, error) {
	next, held, err := c.Notify.Next(v.Context, v.School(), c.Notify.Now(), ids.Parent)
	if err != nil || !held {
		return nil, err
	}
	return ui.Banner(ui.Info, "console.news.closed", "at", moment(v, next)), nil
}

// withdraws warns who corrects an announcement that families read, while the
// school does not publish to them, that other words take it away from them until
// it does. Before it is out to them the page says what it says of a new one.
func (c *Console) withdraws(v *visit.Visit, was *home.Announcement) (*ui.Node, error) {
	if v.Say.Now.Before(was.From) {
		return nil, nil //nolint:nilnil // the hours of today do not matter
	}
	if !was.ForFamilies() || !was.Shown(v.Say.Now, ids.Parent) {
		return c.closed(v)
	}
	next, held, err := c.Notify.Next(v.Context, v.School(), c.Notify.Now(), ids.Parent)
	if err != nil || !held {
		return nil, err
	}
	key := "console.news.withdraws"
	if c.may(v, access.AdminUrgent) {
		key = "console.news.withdraws.urgent"
	}
	return ui.Banner(ui.Warn, key, "at", moment(v, next)), nil
}

// hurry reads whether an announcement goes past the hours of publishing, which
// not everybody may decide; who may not leaves what was decided, as long as it
// says the same. was is nil for a new one.
func (c *Console) hurry(v *visit.Visit, a, was *home.Announcement) error {
	asked := v.Form.Get("urgent") != ""
	if c.may(v, access.AdminUrgent) {
		a.Urgent = asked
		return nil
	}
	if asked {
		return errors.New(errors.Denied, "web.denied")
	}
	a.Urgent = was != nil && was.Urgent && a.Same(was)
	return nil
}

// published says what became of an announcement.
func (c *Console) published(v *visit.Visit, a *home.Announcement) *visit.Answer {
	answer := visit.GoTo(newsPath)
	if a.Held(v.Say.Now) {
		return answer.Say("console.news.waits", "at", moment(v, a.Families))
	}
	return answer.Say("console.news.published")
}
