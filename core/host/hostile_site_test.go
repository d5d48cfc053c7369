package host_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// site is a whole Préau on loopback, with a pupil signed in: for what a visitor's
// browser would see of a hostile module.
type site struct {
	base   string
	client *http.Client
	cancel context.CancelFunc
	ended  chan error
}

const password = "une petite phrase de douze"

var worded sync.Once // the modules' folders have their words

func newSite(t *testing.T, y *yard) {
	t.Helper()
	worded.Do(func() {
		for _, m := range []ids.ModuleID{victim, voisin} {
			for _, name := range []string{"fr.json", "en.json"} {
				text, err := os.ReadFile(filepath.Join("../../examples/hostile/locales", name))
				check(t, err)
				check(t, os.MkdirAll(filepath.Join(built, string(m), "locales"), 0o755))
				check(t, os.WriteFile(filepath.Join(built, string(m), "locales", name), bytes.ReplaceAll(text, []byte("hostile."), []byte(m+".")), 0o644))
			}
		}
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	l.Close()
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	c, err := core.New(ctx, core.Config{Data: dir, Listen: l.Addr().String(), Modules: []string{built}, Log: slog.New(slog.NewTextHandler(y.log, nil))})
	check(t, err)
	_, err = c.Identity.AddSchool(ctx, audit.By{}, identity.School{ID: school, Name: "Collège"})
	check(t, err)
	_, err = c.Identity.SaveMembers(ctx, identity.Batch{School: school, People: []identity.Entry{{
		Source: "p1", FirstName: "Lou", LastName: "Martin", Profile: ids.Eleve, Login: "lou", Password: password, Keep: true}}})
	check(t, err)
	for _, m := range []ids.ModuleID{victim, voisin} {
		check(t, c.Host.Enable(ctx, school, m))
	}
	jar, err := cookiejar.New(nil)
	check(t, err)
	s := &site{base: "http://" + c.Config.Listen, cancel: cancel, ended: make(chan error, 1),
		client: &http.Client{Jar: jar, Transport: &http.Transport{}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	go func() { s.ended <- c.Serve(ctx) }()
	t.Cleanup(func() {
		s.client.CloseIdleConnections()
		cancel()
		if err := <-s.ended; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	y.site = s
	y.house = &house{Host: c.Host, dir: dir, engine: c.Store, bus: c.Events}
	eventually(t, "the site is ready", func() bool { r := y.visit("/readyz"); return r.err == nil && r.StatusCode == 200 })
	form := url.Values{"identifiant": {"lou"}, "mot-de-passe": {password}}
	req, err := http.NewRequest("POST", s.base+"/connexion", strings.NewReader(form.Encode()))
	check(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", s.base)
	res, err := s.client.Do(req)
	check(t, err)
	if res.Body.Close(); res.StatusCode != 303 {
		t.Fatalf("sign-in: %d", res.StatusCode)
	}
}

// visited is what a browser got.
type visited struct {
	*http.Response
	body string
	err  error
}

// visit asks for an address of the site as the pupil; status and headers are noted.
func (y *yard) visit(path string) visited { return y.visitWith(context.Background(), path) }

func (y *yard) visitWith(ctx context.Context, path string) visited {
	y.t.Helper()
	req, err := http.NewRequestWithContext(ctx, "GET", y.site.base+path, nil)
	check(y.t, err)
	res, err := y.site.client.Do(req)
	if err != nil {
		y.note("GET %s: %v", path, err)
		return visited{err: err}
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	y.note("GET %s: %d, %v", path, res.StatusCode, err)
	return visited{res, string(b), err}
}

// heap is what the core's program holds, in bytes.
func heap() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapSys - m.HeapReleased)
}
