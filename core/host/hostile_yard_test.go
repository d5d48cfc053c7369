package host_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// yard is a house with the hostile module and its neighbour, both confined, and
// a record of all that could be seen from outside.
type yard struct {
	*house
	*site // nil unless the trial is looked at from a browser
	t     *testing.T
	name  string
	log   *journal // the core's
	run   string   // folder of the sockets
	pid   int      // of the neighbour
	seen  strings.Builder
}

// journal is a log that many write to.
type journal struct {
	mu   sync.Mutex
	text strings.Builder
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func newYard(t *testing.T, c trial) *yard {
	t.Helper()
	run, err := os.MkdirTemp("/tmp", "preau-") // a socket's path has little room
	check(t, err)
	t.Cleanup(func() { os.RemoveAll(run) })
	y := &yard{t: t, name: c.name, log: &journal{}, run: run}
	if c.site {
		newSite(t, y)
	} else {
		y.settle(c)
	}
	if y.pid = y.status(t, voisin).PID; y.pid == 0 {
		t.Fatalf("the neighbour does not run: %+v\n%v", y.status(t, voisin), y.Logs(voisin, 0))
	}
	return y
}

// settle starts a host without a site around it.
func (y *yard) settle(c trial) {
	y.t.Helper()
	y.house = newHouse(y.t, func(cfg *host.Config) {
		cfg.Run = y.run
		cfg.Log = slog.New(slog.NewTextHandler(y.log, nil))
		cfg.Launcher = confined(y.t)
		cfg.Directory = residents{}
	}, victim, voisin)
	if c.word != "" {
		y.fault(y.t, victim, c.word)
	}
	y.house.SetPaceForTest(startTime)
	y.start(y.t)
}

// startTime is what a module has to start, in trials of those that do not.
const startTime = 5 * time.Second

// note keeps something that was seen.
func (y *yard) note(format string, args ...any) { fmt.Fprintf(&y.seen, format+"\n", args...) }

// evidence is all that could be seen: answers, the module's log, the core's log
// and the state.
func (y *yard) evidence() string {
	var b strings.Builder
	b.WriteString(y.seen.String())
	for _, l := range y.Logs(victim, 0) {
		b.WriteString("log: " + l.Text + "\n")
	}
	b.WriteString(y.log.String())
	s := y.status(y.t, victim)
	fmt.Fprintf(&b, "state: %s\nlast error: %s\nrestarts: %d\n", s.State, s.LastError, s.Restarts)
	return b.String()
}

// contained: nobody else noticed anything, and it was written down.
func (y *yard) contained() {
	y.t.Helper()
	y.answers(voisin)
	if s := y.status(y.t, voisin); s.PID != y.pid || s.Restarts != 0 {
		y.t.Errorf("the neighbour's process was %d, is %d after %d restarts: %s", y.pid, s.PID, s.Restarts, s.LastError)
	}
	y.await(10*time.Second, "nothing of it is in a log", func() bool {
		return y.log.String() != "" || slices.ContainsFunc(y.Logs(victim, 0), func(l host.Line) bool {
			return !slices.Contains(ordinary, l.Text) && !strings.HasPrefix(l.Text, "plugin address")
		})
	})
}

// ordinary are the lines of a module to which nothing happens.
var ordinary = []string{"preau: starting", "preau: serving", "preau: stopped"}

// await gives what comes from another process some time, and tells what was
// seen instead.
func (y *yard) await(span time.Duration, otherwise string, ok func() bool) {
	y.t.Helper()
	for end := time.Now().Add(span); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			y.t.Errorf("%s:\n%.8000s", otherwise, y.evidence())
			return
		}
	}
}

// answers: a module's widget and page are there.
func (y *yard) answers(m ids.ModuleID) {
	y.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if _, err := y.Widget(ctx, host.WidgetCall{Caller: pupil(), Module: m, Widget: "ok", Size: "s"}); err != nil {
		y.t.Errorf("the widget of %s: %v", m, err)
	}
	a, err := y.open(y.t, m, httptest.NewRequest("GET", "/", nil))
	if err != nil {
		y.t.Errorf("the page of %s: %v", m, err)
		return
	}
	if a.Body.Close(); a.Status != 200 {
		y.t.Errorf("the page of %s: %d", m, a.Status)
	}
}

// recovers waits until the hostile module answers again as if nothing had been.
func (y *yard) recovers() {
	y.t.Helper()
	eventually(y.t, "the module answers again", func() bool { _, err := y.widget(victim, "ok"); return err == nil })
}

// widgetFails asks for a widget of the hostile module and wants an error of this kind.
func (y *yard) widgetFails(id string, kinds ...errors.Kind) {
	y.t.Helper()
	_, err := y.widget(victim, id)
	y.failed("widget "+id, err, kinds...)
}

func (y *yard) failed(what string, err error, kinds ...errors.Kind) {
	y.t.Helper()
	y.note("%s: %s: %v", what, errors.KindOf(err), err)
	for _, k := range kinds {
		if errors.KindOf(err) == k {
			return
		}
	}
	y.t.Errorf("%s: %v, want %v", what, err, kinds)
}

// get asks for an address of the hostile module; the answer is noted.
func (y *yard) get(path string) (status int, body string, err error) {
	y.t.Helper()
	a, err := y.open(y.t, victim, httptest.NewRequest("GET", path, nil))
	if err != nil {
		y.note("GET %s: %s: %v", path, errors.KindOf(err), err)
		return 0, "", err
	}
	defer a.Body.Close()
	b, err := io.ReadAll(a.Body)
	y.note("GET %s: %d %v", path, a.Status, err)
	return a.Status, string(b), err
}

// attempt is how far one attempt of an attack got, as the attacker tells.
type attempt struct {
	Try  string
	Got  bool
	Said string
}

// attack has the hostile module attack and returns every attempt.
func (y *yard) attack(given url.Values) []attempt {
	y.t.Helper()
	status, body, err := y.get("/attaque/" + y.name + "?" + given.Encode())
	if err != nil || status != 200 {
		y.t.Fatalf("the attack was not made: %d %v\n%s", status, err, y.evidence())
	}
	var all []attempt
	check(y.t, json.Unmarshal([]byte(body), &all))
	if len(all) == 0 {
		y.t.Fatal("nothing was tried")
	}
	for _, a := range all {
		y.note("%s: %s", a.Try, a.Said)
	}
	return all
}

// repelled has the hostile module attack and wants every attempt to fail.
func (y *yard) repelled(given url.Values) {
	y.t.Helper()
	for _, a := range y.attack(given) {
		if a.Got {
			y.t.Errorf("not contained: %s", a.Try)
		}
	}
}

// secret is a file of the core's with something in it that nobody may read.
func (y *yard) secret() string {
	y.t.Helper()
	path := filepath.Join(y.dir, "core", "secret")
	check(y.t, os.MkdirAll(filepath.Dir(path), 0o700))
	check(y.t, os.WriteFile(path, []byte("the core's secret"), 0o600))
	return path
}

// home is a module's folder of data.
func (y *yard) home(m ids.ModuleID) string { return filepath.Join(y.dir, "modules", string(m)) }
