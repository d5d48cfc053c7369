package web_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

const (
	college ids.SchoolID = "0750655E"
	lycee   ids.SchoolID = "0750001D"
	secret               = "une petite phrase de douze"
)

// site is a whole Préau on a loopback listener: the real store, people, rights
// and module processes.
type site struct {
	*core.Core
	t    testing.TB
	base string
}

// start opens a site with two schools: a pupil, a parent of two, a teacher and a
// head in the first, a teacher in the second. The modules named are enabled in
// the first.
func start(t testing.TB, enabled ...ids.ModuleID) *site {
	t.Helper()
	return startWith(t, core.Config{}, enabled...)
}

// startWith is start with a configuration, which it completes.
func startWith(t testing.TB, cfg core.Config, enabled ...ids.ModuleID) *site {
	t.Helper()
	return startFilled(t, cfg, (*site).fill, enabled...)
}

// startFilled is startWith with schools and people of the test's own.
func startFilled(t testing.TB, cfg core.Config, fill func(*site), enabled ...ids.ModuleID) *site {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cfg.Data, cfg.Listen, cfg.Modules, cfg.Log = t.TempDir(), freeAddress(t), []string{modules}, slog.New(slog.DiscardHandler)
	c, err := core.New(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{Core: c, t: t, base: "http://" + c.Config.Listen}
	fill(s)
	for _, m := range enabled {
		if err := c.Host.Enable(ctx, college, m); err != nil {
			t.Fatal(err)
		}
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	s.eventually("ready", func() bool {
		res, err := http.Get(s.base + "/readyz")
		if err != nil {
			return false
		}
		res.Body.Close()
		return res.StatusCode == 200
	})
	return s
}

func freeAddress(t testing.TB) string {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

func (s *site) fill() {
	s.t.Helper()
	ctx := s.t.Context()
	for id, name := range map[ids.SchoolID]string{college: "Collège Jean Moulin", lycee: "Lycée Voltaire"} {
		if _, err := s.Identity.AddSchool(ctx, audit.By{}, identity.School{ID: id, Name: name}); err != nil {
			s.t.Fatal(err)
		}
	}
	entry := func(login string, p ids.Profile, more ...func(*identity.Entry)) identity.Entry {
		e := identity.Entry{Source: login, FirstName: login, LastName: "Martin", Profile: p, Login: login, Password: secret, Keep: true}
		for _, m := range more {
			m(&e)
		}
		return e
	}
	first := func(e *identity.Entry) { e.Keep = false }
	of := func(children ...string) func(*identity.Entry) {
		return func(e *identity.Entry) { e.Children = children }
	}
	s.save(college, entry("ana", ids.Eleve), entry("bilal", ids.Eleve), entry("paul", ids.Parent, of("ana", "bilal")),
		entry("lea", ids.Enseignant), entry("yann", ids.Direction), entry("neuf", ids.Eleve, first))
	s.save(lycee, entry("tom", ids.Enseignant))
}

func (s *site) save(school ids.SchoolID, people ...identity.Entry) {
	s.t.Helper()
	if _, err := s.Identity.SaveMembers(s.t.Context(), identity.Batch{School: school, People: people}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) eventually(what string, ok func() bool) {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	s.t.Fatalf("never: %s", what)
}

// visitor is a browser without JavaScript: it keeps cookies, says its origin,
// and does not follow redirects by itself.
type visitor struct {
	*site
	cookies map[string]*http.Cookie
}

func (s *site) nobody() *visitor { return &visitor{s, map[string]*http.Cookie{}} }

// as signs somebody in.
func (s *site) as(login string) *visitor {
	s.t.Helper()
	v := s.nobody()
	res := v.post("/connexion", "identifiant", login, "mot-de-passe", secret)
	if res.StatusCode != 303 || len(v.cookies) == 0 {
		s.t.Fatalf("sign-in of %s: %d %s", login, res.StatusCode, res.text)
	}
	return v
}

type response struct {
	*http.Response
	text string
}

// path is where the answer sends the visitor.
func (r response) path() string { return r.Header.Get("Location") }

func (v *visitor) get(path string, headers ...string) response {
	v.t.Helper()
	return v.do("GET", path, nil, headers...)
}

func (v *visitor) post(path string, pairs ...string) response {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return v.do("POST", path, strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Origin", v.base)
}

func (v *visitor) do(method, path string, body io.Reader, headers ...string) response {
	v.t.Helper()
	res, err := v.try(method, path, body, headers...)
	if err != nil {
		v.t.Fatalf("%s %s: %v", method, path, err)
	}
	return res
}

func (v *visitor) try(method, path string, body io.Reader, headers ...string) (response, error) {
	req := v.request(method, path, body, headers...)
	client := &http.Client{Timeout: 30 * time.Second, Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		return response{}, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	for _, c := range res.Cookies() {
		if v.cookies[c.Name] = c; c.MaxAge < 0 || c.Value == "" {
			delete(v.cookies, c.Name)
		}
	}
	return response{res, string(b)}, err
}

func (v *visitor) request(method, path string, body io.Reader, headers ...string) *http.Request {
	req, err := http.NewRequestWithContext(v.t.Context(), method, v.base+path, body)
	if err != nil {
		v.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	for _, c := range v.cookies {
		req.AddCookie(c)
	}
	return req
}

var transport = &http.Transport{DisableCompression: true}

// home is the visitor's home page as a program sees it.
type home struct {
	Mode    string
	Widgets []struct {
		Instance, Widget, State, Size string
		Node                          json.RawMessage
	}
}

func (v *visitor) home() home {
	v.t.Helper()
	res := v.get("/", "Accept", "application/json")
	var h home
	if err := json.Unmarshal([]byte(res.text), &h); err != nil || res.StatusCode != 200 {
		v.t.Fatalf("home: %d %v %s", res.StatusCode, err, res.text)
	}
	return h
}

func (h home) order() []string {
	var out []string
	for _, w := range h.Widgets {
		out = append(out, w.Widget)
	}
	return out
}
