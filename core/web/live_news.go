package web

import (
	"context"
	"strings"
	"time"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/live"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// newsMost is how many new notices one message names.
const newsMost = 5

// liveSource is what the streams ask of the application.
type liveSource struct {
	*App
	boot string // of this process
}

func newLive(a *App) (hub *live.Hub, source liveSource) {
	source = liveSource{a, ids.New()}
	return live.New(source, live.Pace{}, a.Log), source
}

// Now implements live.Source.
func (s liveSource) Now() live.Since {
	return live.Since{Boot: s.boot, Mark: s.Home.Mark(), At: s.App.Now()}
}

// Session implements live.Source: a session that could open the stream again.
func (s liveSource) Session(ctx context.Context, id string) (*identity.Session, error) {
	session, err := s.Identity.Peek(ctx, id)
	if err != nil {
		return nil, err
	}
	if session.MustChange || !s.Access.May(session.School, session.Roles, access.Home) {
		return nil, errors.New(errors.Denied, "web.denied")
	}
	return session, nil
}

// News implements live.Source.
func (s liveSource) News(ctx context.Context, session *identity.Session, since live.Since) (*live.News, error) {
	schools, caller := schoolsOf(session), host.Caller{Viewer: session.Viewer, Roles: session.Roles}
	n := &live.News{}
	var err error
	if n.Unread, err = s.Notify.UnreadOf(ctx, session.Person, schools...); err != nil {
		return nil, err
	}
	n.Label = draw.NoticesLabel(s.painter().context(caller), n.Unread)
	if n.Notices, err = s.newNotices(ctx, session, schools, since.At); err != nil {
		return nil, err
	}
	if since.Boot != s.boot || s.App.Now().Sub(since.At) > home.MarkAge {
		n.Widgets, err = s.Home.Instances(ctx, caller)
	} else {
		n.Widgets, err = s.Home.Touched(ctx, caller, since.Mark)
	}
	return n, err
}

// newNotices lists what came after a moment and is not read yet.
func (s liveSource) newNotices(ctx context.Context, session *identity.Session, schools []ids.SchoolID, after time.Time) ([]live.Notice, error) {
	all, err := s.Notify.Feed(ctx, session.Person, schools, time.Time{}, newsMost)
	if err != nil {
		return nil, err
	}
	say := s.painter().speaker(session.Viewer)
	var out []live.Notice
	for _, n := range all {
		if n.Read || !n.Shown.After(after) {
			continue
		}
		out = append(out, live.Notice{Text: say.In(n.Module).Text(n.Text), About: aboutNotice(session, n), Href: draw.Notices, At: n.Shown})
	}
	return out, nil
}

// aboutNotice names the children that a notice is about, and its school.
func aboutNotice(session *identity.Session, n notify.Notice) string {
	var names []string
	for _, a := range n.About {
		names = append(names, a.GetName())
	}
	for _, b := range session.Schools {
		if b.School == n.School {
			names = append(names, b.Name)
		}
	}
	return strings.Join(names, " · ")
}

func schoolsOf(s *identity.Session) []ids.SchoolID {
	schools := make([]ids.SchoolID, 0, len(s.Schools))
	for _, b := range s.Schools {
		schools = append(schools, b.School)
	}
	return schools
}

// hearNotices tells the streams of whose list changed.
func (a *App) hearNotices(e events.Event) {
	if e.Name != notify.EventName && e.Name != notify.EventRead {
		return
	}
	for _, p := range e.People {
		a.live.Tell(live.Change{School: e.School, Person: p})
	}
}

// hearHome tells them whose widgets changed.
func (a *App) hearHome(t home.Touch) { a.live.Tell(live.Change{School: t.School, Person: t.Person}) }
