package host

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/files"
	"github.com/preau-ent/preau/core/host/calls"
	"github.com/preau-ent/preau/core/host/lane"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/services"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// inventedSchool has nobody in it but who looks.
const inventedSchool = ids.SchoolID("0000000X")

// stage is a core of nothing, around one module.
type stage struct {
	core   *services.Core
	entry  *entry
	engine *bolt.Engine
	files  *files.Store
}

func newStage(ctx context.Context, dir string, e *entry) (*stage, error) {
	engine, err := bolt.Open(filepath.Join(dir, "core"))
	if err != nil {
		return nil, err
	}
	stored, err := files.Open(ctx, filepath.Join(dir, "files"), engine)
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	bus := events.New(engine, nil)
	s := &stage{entry: e, engine: engine, files: stored}
	s.core = &services.Core{Calls: &calls.Book{}, Host: emptiness{e.manifest}, Directory: emptiness{}, Audit: emptiness{},
		Events: bus, Files: stored, Notify: notify.New(engine, bus), Links: &services.Links{Engine: engine, Now: time.Now}, Log: slog.New(slog.DiscardHandler)}
	return s, nil
}

func (s *stage) close() {
	s.files.Close()
	s.engine.Close()
}

// viewer is somebody of this profile with every right that the module knows.
func (s *stage) viewer(profile ids.Profile) *wire.Viewer {
	v := &wire.Viewer{Person: ids.New(), Name: "Camille Essai", FirstName: "Camille", School: string(inventedSchool),
		SchoolName: "Essai", Profile: string(profile), Locale: "fr", TimeZone: "Europe/Paris", RequestId: ids.New()}
	for _, p := range s.entry.manifest.Permissions {
		v.Permissions = append(v.Permissions, string(p.ID))
	}
	return v
}

// opens returns a profile that has the permission by itself.
func (s *stage) opens(p ids.Permission) ids.Profile {
	for _, have := range s.entry.manifest.Permissions {
		if have.ID == p && len(have.Default) > 0 {
			return have.Default[0]
		}
	}
	return ids.Direction
}

func (s *stage) call(profile ids.Profile) (v *wire.Viewer, handle string, end func()) {
	v = s.viewer(profile)
	handle = s.core.Calls.Open(&calls.Call{Module: s.entry.manifest.ID, School: inventedSchool, Viewer: v, Roles: []string{v.Profile}})
	return v, handle, func() { s.core.Calls.Close(handle) }
}

// page asks for the first page. A refusal is an answer; what cannot be drawn is
// none.
func (s *stage) page(ctx context.Context, p *process.Process) error {
	m := s.entry.manifest
	v, handle, end := s.call(s.opens(s.entry.start))
	defer end()
	raw, err := proto.Marshal(v)
	if err != nil {
		return errors.Internal(err)
	}
	a, err := p.Lane.Do(ctx, &lane.Request{Method: http.MethodGet, Target: m.Start, Header: http.Header{}, Viewer: raw, Call: handle,
		Base: "/m/" + string(m.ID), FirstByte: time.Until(deadline(ctx))})
	if err != nil {
		return tolerable(err)
	}
	if a.Conn != nil {
		a.Conn.Close()
		return errGarbage
	}
	defer a.Body.Close()
	body, err := io.ReadAll(io.LimitReader(a.Body, wire.MaxMessage+1))
	switch {
	case err != nil:
		return errors.Wrap(err, errors.Unavailable, "host.garbage")
	case a.Status >= http.StatusInternalServerError:
		return errors.New(errors.Unavailable, "host.garbage", "status", a.Status)
	case !a.Tree:
		return nil
	}
	page := &wire.Page{}
	if err := proto.Unmarshal(body, page); err != nil {
		return errors.Wrap(err, errors.Unavailable, "host.garbage")
	}
	return ui.Validate(page)
}

func (s *stage) widget(ctx context.Context, p *process.Process, w manifest.Widget) error {
	profile := ids.Direction
	if len(w.Profiles) > 0 {
		profile = w.Profiles[0]
	}
	v, handle, end := s.call(profile)
	defer end()
	out, err := p.Module.Widget(ctx, &wire.WidgetRequest{Viewer: v, Handle: handle, Widget: w.ID, Size: string(w.Default)})
	if err != nil {
		return tolerable(understand(ctx, err))
	}
	if out.GetNode() == nil {
		return errGarbage
	}
	return ui.Validate(out.GetNode())
}

// tolerable keeps only the errors that no module should answer, even to an
// invented person in an empty school.
func tolerable(err error) error {
	switch errors.KindOf(err) {
	case errors.OK, errors.Denied, errors.NotFound, errors.Invalid, errors.Conflict, errors.SignIn:
		return nil
	}
	return err
}

func deadline(ctx context.Context) time.Time {
	at, _ := ctx.Deadline() // there is one: see within
	return at
}
