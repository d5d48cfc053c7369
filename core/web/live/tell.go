package live

import (
	"encoding/json"
	"sync"
	"time"
)

// tellers is how many streams are told at the same time.
const tellers = 8

// tellWaiting tells those with something to say, a moment after the first of
// them: what changes together is told together.
func (h *Hub) tellWaiting() {
	for {
		select {
		case <-h.rung:
		case <-h.ctx.Done():
			return
		}
		gathered := time.NewTimer(h.pace.Gather)
		select {
		case <-gathered.C:
		case <-h.ctx.Done():
			gathered.Stop()
			return
		}
		h.mu.Lock()
		all := h.waiting
		h.waiting = nil
		h.mu.Unlock()
		h.tellThese(all)
	}
}

func (h *Hub) tellThese(all []*stream) {
	next := make(chan *stream)
	var done sync.WaitGroup
	for range min(tellers, len(all)) {
		done.Go(func() {
			for st := range next {
				h.tell(st)
			}
		})
	}
	for _, st := range all {
		next <- st
	}
	close(next)
	done.Wait()
}

var pulse = []byte(":\n\n") // a comment: nothing happened, we are still here

// tell writes what is new to a stream, or that it is still there.
func (h *Hub) tell(st *stream) {
	now := h.source.Now()
	h.mu.Lock()
	session, dirty := st.session, st.dirty
	st.dirty, st.queued = false, false
	h.mu.Unlock()
	message := pulse
	if dirty {
		news, err := h.source.News(h.ctx, session, st.since)
		if err != nil {
			if h.ctx.Err() == nil {
				h.log.Warn("live: news", "school", session.School, "error", err)
			}
			st.conn.Close() // it comes back, and asks from where it was
			return
		}
		for _, n := range news.Notices {
			if n.At.After(now.At) {
				now.At = n.At
			}
		}
		st.since = now
		if news.quiet() && news.Unread == st.unread {
			return
		}
		st.unread = news.Unread
		message = message[:0:0]
		body, err := json.Marshal(news)
		if err != nil {
			st.conn.Close()
			return
		}
		message = append(message, "id: "+now.String()+"\ndata: "...)
		message = append(append(message, body...), "\n\n"...)
	}
	if !h.write(st, message) {
		st.conn.Close()
	}
	h.mu.Lock()
	st.beat = now.At.Add(h.pace.Beat)
	h.mu.Unlock()
}
