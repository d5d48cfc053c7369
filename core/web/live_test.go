package web_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/core/web/live"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// hearing is an open page: what it is told, in order.
type hearing struct {
	t    *testing.T
	res  *http.Response
	news chan live.News
	ids  chan string
}

// listen opens a stream as a page does.
func (v *visitor) listen(t *testing.T, path string, headers ...string) *hearing {
	t.Helper()
	res, err := transport.RoundTrip(v.request("GET", path, nil, append(headers, "Accept", "text/event-stream")...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/event-stream" || res.Header.Get("Content-Security-Policy") == "" {
		t.Fatalf("%d %v", res.StatusCode, res.Header)
	}
	h := &hearing{t: t, res: res, news: make(chan live.News, 100), ids: make(chan string, 100)}
	go func() {
		defer close(h.news)
		r := bufio.NewScanner(res.Body)
		for r.Scan() {
			if id, ok := strings.CutPrefix(r.Text(), "id: "); ok {
				h.ids <- id
			}
			if data, ok := strings.CutPrefix(r.Text(), "data: "); ok {
				var n live.News
				if err := json.Unmarshal([]byte(data), &n); err != nil {
					t.Errorf("%q: %v", data, err)
				}
				h.news <- n
			}
		}
	}()
	return h
}

// next waits for what is told next; false: the stream ended.
func (h *hearing) next() (live.News, bool) {
	h.t.Helper()
	select {
	case n, ok := <-h.news:
		return n, ok
	case <-time.After(20 * time.Second):
		h.t.Fatal("nothing is told")
		return live.News{}, false
	}
}

func (s *site) person(login string) ids.PersonID {
	s.t.Helper()
	_, session, err := s.Identity.SignIn(s.t.Context(), login, secret, "127.0.0.1")
	if err != nil {
		s.t.Fatal(err)
	}
	return session.Person
}

func (s *site) send(to ids.PersonID, words string) {
	s.t.Helper()
	err := s.Notify.Send(s.t.Context(), college, "", &wire.SendRequest{People: []string{string(to)}, Urgent: true, Text: &wire.Text{Plain: words}})
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestANoticeReachesAnOpenPage(t *testing.T) {
	s := start(t)
	ana, bilal := s.as("ana"), s.as("bilal")
	a, b := ana.listen(t, "/direct"), bilal.listen(t, "/direct")
	for _, h := range []*hearing{a, b} {
		if n, ok := h.next(); !ok || n.Unread != 0 || len(n.Notices) != 0 {
			t.Fatalf("at first: %+v %v", n, ok)
		}
	}
	s.send(s.person("ana"), "<b>Sortie</b> reportée")
	n, ok := a.next()
	if !ok || n.Unread != 1 || len(n.Notices) != 1 || n.Notices[0].Text != "<b>Sortie</b> reportée" || n.Notices[0].About != "Collège Jean Moulin" || !strings.Contains(n.Label, "1 notification") {
		t.Errorf("ana hears %+v %v", n, ok)
	}
	ana.post("/notifications")
	if n, ok := a.next(); !ok || n.Unread != 0 {
		t.Errorf("once read: %+v %v", n, ok)
	}
	s.send(s.person("bilal"), "autre")
	if n, ok := b.next(); !ok || n.Unread != 1 || n.Notices[0].Text != "autre" {
		t.Errorf("bilal hears %+v %v", n, ok)
	}
}

// TestNothingIsMissedBetweenTwoStreams: what came while the page was hidden, or
// between its drawing and its stream.
func TestNothingIsMissedBetweenTwoStreams(t *testing.T) {
	s := start(t)
	ana := s.as("ana")
	page := ana.get("/").text
	since, _, _ := strings.Cut(cutAfter(page, `data-since="`), `"`)
	if _, ok := live.Parse(since); !ok {
		t.Fatalf("the page says %q", since)
	}
	id := s.person("ana")
	s.send(id, "pendant")
	s.Home.Acted(college, id)
	widgets := ana.home()
	first := ana.listen(t, "/direct?depuis="+since)
	n, ok := first.next()
	if !ok || n.Unread != 1 || len(n.Notices) != 1 || n.Notices[0].Text != "pendant" {
		t.Errorf("%+v %v", n, ok)
	}
	for _, w := range widgets.Widgets {
		if !slices.Contains(n.Widgets, w.Instance) {
			t.Errorf("%s is not to be fetched again: %v", w.Instance, n.Widgets)
		}
	}
	last := <-first.ids
	again := ana.listen(t, "/direct?depuis="+since, "Last-Event-ID", last)
	if n, ok := again.next(); !ok || n.Unread != 1 || len(n.Notices) != 0 || len(n.Widgets) != 0 {
		t.Errorf("told again: %+v %v", n, ok)
	}
	// Another process: its marks mean nothing to this one.
	stranger := ana.listen(t, "/direct?depuis=x.1."+strings.Split(last, ".")[2])
	if n, ok := stranger.next(); !ok || len(n.Widgets) == 0 {
		t.Errorf("after a restart everything may have changed: %+v %v", n, ok)
	}
}

// TestWhatIsShownLaterIsHeard: a notice that waited for its hour stands in the list
// a little after it. A page that was told something else in between hears of it.
func TestWhatIsShownLaterIsHeard(t *testing.T) {
	s := start(t)
	ana, id := s.as("ana"), s.person("ana")
	err := s.Notify.Send(t.Context(), college, "", &wire.SendRequest{People: []string{string(id)}, Urgent: true,
		Text: &wire.Text{Plain: "à son heure"}, From: timestamppb.New(time.Now().Add(50 * time.Millisecond))})
	if err != nil {
		t.Fatal(err)
	}
	var n notify.Notice
	s.eventually("shown", func() bool {
		list, _, err := s.Notify.List(t.Context(), college, id, "", 1)
		if err != nil || len(list) == 0 {
			return false
		}
		n = list[0]
		return n.Shown.After(n.At)
	})
	since, _, _ := strings.Cut(cutAfter(ana.get("/").text, `data-since="`), `"`)
	told, ok := live.Parse(since)
	if !ok {
		t.Fatalf("the page says %q", since)
	}
	for at, want := range map[time.Time]int{n.Shown.Add(-1): 1, n.Shown: 0} {
		told.At = at
		if news, ok := ana.listen(t, "/direct?depuis="+told.String()).next(); !ok || news.Unread != 1 || len(news.Notices) != want {
			t.Errorf("%v after its hour: %+v %v, want %d notices", at.Sub(n.At), news, ok, want)
		}
	}
}

func cutAfter(text, mark string) string {
	_, after, _ := strings.Cut(text, mark)
	return after
}

func TestAStreamEndsWithItsSession(t *testing.T) {
	s := start(t)
	for what, end := range map[string]func(v *visitor, id ids.PersonID){
		"signing out": func(v *visitor, _ ids.PersonID) { v.post("/deconnexion") },
		"ended by hand": func(_ *visitor, id ids.PersonID) {
			if err := s.Identity.SignOutEverywhere(t.Context(), id); err != nil {
				t.Error(err)
			}
		},
		"another child": func(v *visitor, _ ids.PersonID) { v.post("/compte/enfant", "enfant", string(s.person("ana"))) },
	} {
		paul := s.as("paul")
		h := paul.listen(t, "/direct")
		if _, ok := h.next(); !ok {
			t.Fatalf("%s: no stream", what)
		}
		end(paul, s.person("paul"))
		for {
			if _, ok := h.next(); !ok {
				break
			}
		}
	}
}

func TestStreamsOfOnePersonAreFew(t *testing.T) {
	s := start(t)
	ana := s.as("ana")
	for range 6 {
		ana.listen(t, "/direct")
	}
	if res := ana.get("/direct"); res.StatusCode != 204 {
		t.Errorf("one too many: %d", res.StatusCode)
	}
	s.as("bilal").listen(t, "/direct")
}

func TestWhoHasNoSessionHearsNothing(t *testing.T) {
	s := start(t)
	if res := s.nobody().get("/direct"); res.StatusCode != 303 || !strings.HasPrefix(res.path(), "/connexion") {
		t.Errorf("nobody: %d", res.StatusCode)
	}
	if res := s.as("neuf").get("/direct"); res.StatusCode != 303 {
		t.Errorf("who must change the password: %d", res.StatusCode)
	}
}

// TestATouchOfHomeReachesItsPages: what an event invalidates is named.
func TestATouchOfHomeReachesItsPages(t *testing.T) {
	s := start(t, "banc")
	ana := s.as("ana")
	h := ana.listen(t, "/direct")
	h.next()
	s.Home.Changed(college)
	n, ok := h.next()
	if !ok || !slices.Contains(n.Widgets, ana.home().Widgets[0].Instance) {
		t.Errorf("%+v %v", n, ok)
	}
}
