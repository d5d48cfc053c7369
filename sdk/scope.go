package sdk

import (
	"context"
	"log/slog"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/wire"
)

// Scope is what one call may see and use: one viewer, one school. It is valid
// until the handler returns.
type Scope struct {
	Viewer *Viewer          // who asks; nil for events, which nobody asks
	School ids.SchoolID     // whose data Store holds
	Store  store.Space      // the school's data of this module
	Log    *slog.Logger     // with the request's id; the school's administrators read it
	Now    func() time.Time // in the viewer's time zone; a clock of its own in tests

	// The core's services, each refused unless module.yaml asks for it.
	Directory Directory // capability directory.read
	Notify    Notify    // capability notify.send
	Files     Files     // capability files.write
	Settings  Settings
	Slots     Slots
	Calendars Calendars // capability calendar.read
	Links     Links     // capability links.personal
	Audit     Audit     // capability audit.record
	Outside   Outside   // capability net.connect:<host>
}

// scope returns the scope of a call by a viewer.
func (l *live) scope(ctx context.Context, w *wire.Viewer, handle string) (Scope, error) {
	v := viewerOf(w)
	s, err := l.unseen(ctx, v.School, handle, v.TimeZone)
	if err != nil {
		return s, err
	}
	s.Viewer = v
	s.Log = s.Log.With("request", v.RequestID)
	return s, nil
}

// unseen returns the scope of a call that nobody looks at: an event.
func (l *live) unseen(ctx context.Context, school ids.SchoolID, handle string, tz *time.Location) (Scope, error) {
	if school == "" {
		return Scope{}, errors.New(errors.Invalid, "")
	}
	l.calls.Add(1)
	inner, err := l.open(ctx, school)
	if err != nil {
		return Scope{}, err
	}
	c := &call{ctx: ctx, conn: l.conn, handle: handle}
	return Scope{
		School: school, Store: space{inner, l.outbox}, Log: l.setting.Log.With("school", string(school)),
		Now:       func() time.Time { return l.setting.Now().In(tz) },
		Directory: Directory{c}, Notify: Notify{c}, Files: Files{c}, Settings: Settings{c}, Slots: Slots{c},
		Calendars: Calendars{c}, Links: Links{c}, Audit: Audit{c}, Outside: Outside{c, l.way},
	}, nil
}

// open opens the school's space, once it is known to be of our schema.
func (l *live) open(ctx context.Context, school ids.SchoolID) (store.Space, error) {
	s, err := l.engine.Open(ctx, school)
	if err != nil {
		return nil, err
	}
	if _, ok := l.admitted.Load(s); ok {
		return s, nil
	}
	if err := store.Admit(ctx, s, l.setting.Schema); err != nil {
		return nil, err
	}
	l.admitted.Store(s, nil)
	return s, nil
}
