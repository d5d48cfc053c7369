package live

import (
	"net"
	"time"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// Place is a reserved stream: keep it or leave it.
type Place struct {
	hub     *Hub
	session *identity.Session
}

// stream is one open page. The fields below conn are the hub's, under its lock,
// but for since and unread: of whoever writes, one at a time.
type stream struct {
	conn    net.Conn
	session *identity.Session
	ends    time.Time
	beat    time.Time // write something by then
	dirty   bool      // something changed
	queued  bool

	since  Since
	unread int // as last told, -1 before
}

// Leave gives the place back.
func (p *Place) Leave() {
	p.hub.mu.Lock()
	defer p.hub.mu.Unlock()
	p.hub.free(p.session.Person)
}

// free gives a place back; h.mu is held.
func (h *Hub) free(person ids.PersonID) {
	h.taken--
	if h.people[person]--; h.people[person] == 0 {
		delete(h.people, person)
	}
}

// Keep makes the connection, on which head is written first, a stream. It is
// closed by the hub. since is where the page was, nil when that is not known.
// Keep returns at once.
func (p *Place) Keep(conn net.Conn, head []byte, since *Since) {
	h, now := p.hub, p.hub.source.Now()
	if since == nil {
		since = &now
	}
	st := &stream{conn: conn, session: p.session, dirty: true, since: *since, unread: -1,
		ends: now.At.Add(h.pace.Age), beat: now.At.Add(h.pace.Beat)}
	_ = conn.SetReadDeadline(time.Time{})
	if !h.write(st, head) {
		conn.Close()
		p.Leave()
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ctx.Err() != nil {
		conn.Close()
		h.free(p.session.Person)
		return
	}
	h.streams[st] = struct{}{}
	schools := schoolsOf(p.session)
	for _, school := range schools {
		of := h.schools[school]
		if of == nil {
			of = map[*stream]struct{}{}
			h.schools[school] = of
		}
		of[st] = struct{}{}
	}
	h.queue(st)
	h.running.Go(func() { h.listen(st, schools, p.session.Person) })
}

// schoolsOf lists the schools of which a session may hear.
func schoolsOf(s *identity.Session) []ids.SchoolID {
	schools := []ids.SchoolID{s.School}
	for _, b := range s.Schools {
		if b.School != s.School {
			schools = append(schools, b.School)
		}
	}
	return schools
}

// listen waits until the visitor goes, or the hub closes the connection.
func (h *Hub) listen(st *stream, schools []ids.SchoolID, person ids.PersonID) {
	var some [16]byte
	for {
		if _, err := st.conn.Read(some[:]); err != nil {
			break
		}
	}
	st.conn.Close()
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.streams, st)
	for _, school := range schools {
		if delete(h.schools[school], st); len(h.schools[school]) == 0 {
			delete(h.schools, school)
		}
	}
	h.free(person)
}

// write reports whether the bytes left; a page that does not take them is gone.
func (h *Hub) write(st *stream, b []byte) bool {
	if st.conn.SetWriteDeadline(time.Now().Add(h.pace.Write)) != nil {
		return false
	}
	_, err := st.conn.Write(b)
	return err == nil
}
