package identity

import (
	"context"
	"slices"
	"time"

	"github.com/mileusna/useragent"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Device is one place where a person is signed in.
type Device struct {
	ID      string // of the session: the hash of its token
	Name    string // "Firefox · Android", "" when it said nothing
	School  ids.SchoolID
	Created time.Time // the sign-in
	Seen    time.Time // the last request that the store heard of
}

// deviceName is the longest name kept, in bytes: it is what a stranger sent.
const deviceName = 80

// WithAgent notes what the browser calls itself, for the list of devices of who
// signs in. Only browser and system are kept: a list of one's own needs no more.
func WithAgent(ctx context.Context, header string) context.Context {
	ua := useragent.Parse(header)
	name := ua.Name
	if ua.OS != "" {
		name += " · " + ua.OS
	}
	if len(name) > deviceName || ua.IsUnknown() || ua.Name == "" {
		name = ""
	}
	return context.WithValue(ctx, agentKey{}, name)
}

type agentKey struct{}

func agentOf(ctx context.Context) string {
	name, _ := ctx.Value(agentKey{}).(string)
	return name
}

// Devices lists where a person is signed in, the one used last first. Sessions
// that are over are left out.
func (s *Service) Devices(ctx context.Context, person ids.PersonID) (list []Device, err error) {
	err = s.global.View(ctx, func(tx store.Tx) error {
		list = nil
		for st, err := range sessions.Range(tx, "person", store.Prefix(person)) {
			if err != nil {
				return err
			}
			if s.now().Before(st.Ends) {
				list = append(list, Device{ID: st.ID, Name: st.Agent, School: st.School, Created: st.Created, Seen: st.Seen})
			}
		}
		return nil
	})
	slices.SortFunc(list, func(a, b Device) int { return b.Seen.Compare(a.Seen) })
	return list, err
}

// EndDevice signs a person out at one place; NotFound when it is not theirs.
func (s *Service) EndDevice(ctx context.Context, person ids.PersonID, id string) error {
	st, err := s.readSession(ctx, id)
	if errors.KindOf(err) == errors.SignIn || err == nil && st.Person != person {
		return errors.New(errors.NotFound, "identity.device.gone")
	}
	if err != nil {
		return err
	}
	return s.revoke(ctx, id)
}
