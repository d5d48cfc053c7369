package notify

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/core/push"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/wire"
)

// Service keeps notices and tells people of them. Make one with [New].
type Service struct {
	engine store.Engine
	bus    *events.Bus
	tools  Tools
	key    []byte        // signs the addresses of unsubscribing
	woken  chan struct{} // something may be due earlier than Run thinks
	rounds sync.Mutex
	shown  showings

	followers []func(tx store.Tx, next func(time.Time) time.Time) error // of schools' hours
}

// Tools are what reaches people beyond their list on the page. Without them
// notices stand in the lists at once, and nowhere else.
type Tools struct {
	Now    func() time.Time // may be nil: time.Now
	People People
	Kinds  func(ids.SchoolID) []Kind                         // of the modules that the school enabled
	May    func(ids.SchoolID, []string, ids.Permission) bool // what a school lets roles do; may be nil: nothing
	Words  *locale.Catalogue
	Mail   Mailer // may be nil: no mail
	Push   Pusher // may be nil: no push
	Site   string // what addresses begin with: "https://ent.example.fr"
	Log    *slog.Logger
}

// People says who readers are. Who is unknown or left is left out.
type People interface {
	Readers(ctx context.Context, school ids.SchoolID, people ...ids.PersonID) ([]Reader, error)
	Schools(ctx context.Context, person ids.PersonID) ([]ids.SchoolID, error) // that the person is a living member of
	Zone(ctx context.Context, school ids.SchoolID) *time.Location
}

// Mailer sends letters. Unavailable: another time; any other error: never.
type Mailer interface {
	Send(ctx context.Context, l *mail.Letter) error
}

// Pusher reaches the browsers of a person; NotFound when they have none that
// wants to be reached, Unavailable: another time.
type Pusher interface {
	Send(ctx context.Context, person ids.PersonID, m push.Message) error
}

// New returns a service on the core's store; bus may be nil.
func New(engine store.Engine, bus *events.Bus) *Service {
	return &Service{engine: engine, bus: bus, woken: make(chan struct{}, 1), shown: newShowings(), tools: Tools{Now: time.Now, Log: slog.New(slog.DiscardHandler)}}
}

// Equip gives the service its tools, before it is used.
func (s *Service) Equip(ctx context.Context, t Tools) error {
	if t.Now == nil {
		t.Now = time.Now
	}
	if t.Log == nil {
		t.Log = slog.New(slog.DiscardHandler)
	}
	s.tools = t
	return s.openKey(ctx)
}

// Now is the service's clock.
func (s *Service) Now() time.Time { return s.now() }

func (s *Service) now() time.Time { return s.tools.Now() }

// zone is a school's time zone.
func (s *Service) zone(ctx context.Context, school ids.SchoolID) *time.Location {
	if s.tools.People == nil {
		return time.UTC
	}
	return s.tools.People.Zone(ctx, school)
}

// readers says who people are; without tools, only that they are.
func (s *Service) readers(ctx context.Context, school ids.SchoolID, people []ids.PersonID) ([]Reader, error) {
	if s.tools.People != nil {
		list, err := s.tools.People.Readers(ctx, school, people...)
		kinds := s.kinds(school)
		for i := range list {
			list[i].holds = s.holding(school, list[i].Roles, kinds)
		}
		return list, err
	}
	out := make([]Reader, len(people))
	for i, p := range people {
		out[i] = Reader{Person: p, Zone: time.UTC}
	}
	return out, nil
}

// Mails reports whether mails go out at all.
func (s *Service) Mails() bool { return s.tools.Mail != nil }

func (s *Service) view(ctx context.Context, school ids.SchoolID, fn func(store.Tx) error) error {
	space, err := s.engine.Open(ctx, school)
	if err != nil {
		return err
	}
	return space.View(ctx, fn)
}

func (s *Service) update(ctx context.Context, school ids.SchoolID, fn func(store.Tx) error) error {
	space, err := s.engine.Open(ctx, school)
	if err != nil {
		return err
	}
	return space.Update(ctx, fn)
}

// content reads what protojson wrote; what it cannot read shows as nothing.
func content(raw []byte) *wire.SendRequest {
	m := &wire.SendRequest{}
	if protojson.Unmarshal(raw, m) != nil {
		proto.Reset(m)
	}
	return m
}
