package live

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/wire"
)

// lookAtAll looks at every session again and again: who may no longer have a
// stream is cut off, who heard nothing for long hears a beat.
func (h *Hub) lookAtAll() {
	tick := time.NewTicker(h.pace.Look)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-h.ctx.Done():
			return
		}
		h.Look()
	}
}

// Look looks at every session now: called when somebody has just signed out.
func (h *Hub) Look() {
	type one struct {
		st      *stream
		session *identity.Session
	}
	h.mu.Lock()
	all := make([]one, 0, len(h.streams))
	for st := range h.streams {
		all = append(all, one{st, st.session})
	}
	h.mu.Unlock()
	now := h.source.Now().At
	for _, o := range all {
		session, err := h.source.Session(h.ctx, o.session.ID)
		if err != nil || !now.Before(o.st.ends) || session != o.session && !same(session, o.session) {
			o.st.conn.Close()
			continue
		}
		h.mu.Lock()
		o.st.session = session
		if !now.Before(o.st.beat) {
			h.queue(o.st)
		}
		h.mu.Unlock()
	}
}

// same reports whether two states of a session see the same.
func same(a, b *identity.Session) bool {
	return a.School == b.School && a.Profile == b.Profile && a.Child == b.Child && a.MustChange == b.MustChange &&
		slices.Equal(a.Roles, b.Roles) &&
		slices.EqualFunc(a.Viewer.GetChildren(), b.Viewer.GetChildren(), func(x, y *wire.Child) bool { return x.GetPerson() == y.GetPerson() })
}
