package e2e

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/sdk/ids"
)

// timed is a Préau with a clock of its own, which core and module share.
type timed struct {
	*core.Core
	t      *testing.T
	ahead  atomic.Int64 // by how much the clock is
	noted  string       // the file from which the module reads it
	mails  *mailbox
	school *School
}

// startTimed runs the core in this process, on a Tuesday to come at ten in the
// evening in Paris. The modules, devoirs and those named, are the real ones, built
// with a clock that reads a file: the product has no such thing.
func startTimed(t *testing.T, more ...string) *timed {
	t.Helper()
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	evening := time.Now().In(paris).AddDate(0, 0, 1)
	for evening.Weekday() != time.Tuesday {
		evening = evening.AddDate(0, 0, 1)
	}
	evening = time.Date(evening.Year(), evening.Month(), evening.Day(), 22, 0, 0, 0, paris)
	dir := t.TempDir()
	s := &timed{t: t, noted: filepath.Join(dir, "clock"), mails: newMailbox(t)}
	s.set(evening)
	modules := filepath.Join(dir, "modules")
	for _, name := range append(more, "devoirs") {
		buildTimed(t, filepath.Join(modules, name), s.noted)
	}

	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	s.Core, err = core.New(t.Context(), core.Config{Data: filepath.Join(dir, "data"), Listen: address, Modules: []string{modules}, Confinement: "off",
		Now: s.now, Mail: mail.Config{Server: "smtp://" + s.mails.Addr().String(), From: "ent@example.fr"}})
	if err != nil {
		t.Fatal(err)
	}
	accounts, err := control.FillDemo(t.Context(), s.Core, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.school = &School{URL: "http://" + address}
	for _, a := range accounts { // as demo-accounts.json says them
		var one Account
		raw, _ := json.Marshal(a)
		if err := json.Unmarshal(raw, &one); err != nil {
			t.Fatal(err)
		}
		s.school.Accounts = append(s.school.Accounts, one)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx) }()
	before := school
	school = s.school
	t.Cleanup(func() {
		school = before
		http.DefaultClient.CloseIdleConnections()
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	if err := s.school.await(2 * time.Minute); err != nil {
		t.Fatal(err)
	}
	return s
}

// buildTimed builds the module that the folder is called by, with sdk.Serve's clock
// replaced.
func buildTimed(t *testing.T, folder, noted string) {
	t.Helper()
	name := filepath.Base(folder)
	source, err := filepath.Abs("../sdk/serve.go")
	if err != nil {
		t.Fatal(err)
	}
	code, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	const made = "NewRuntime(m, Setting{"
	if strings.Count(string(code), made) != 1 {
		t.Fatal("sdk.Serve makes its runtime otherwise: this test has to follow")
	}
	changed := strings.Replace(string(code), made, made+"Now: notedClock, ", 1) + `
func notedClock() time.Time {
	raw, _ := os.ReadFile(` + strconv.Quote(noted) + `)
	ahead, _ := time.ParseDuration(string(raw))
	return time.Now().Add(ahead)
}
`
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	overlay, _ := json.Marshal(map[string]map[string]string{"Replace": {source: write(t, filepath.Join(t.TempDir(), "serve.go"), changed)}})
	build := exec.Command("go", "build", "-overlay", write(t, filepath.Join(t.TempDir(), "overlay.json"), string(overlay)), "-o", filepath.Join(folder, name), "./plugins/"+name)
	build.Dir = ".."
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, what := range []string{"module.yaml", "locales"} {
		if out, err := exec.Command("cp", "-r", filepath.Join("../plugins", name, what), folder).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
}

func (s *timed) now() time.Time { return time.Now().Add(time.Duration(s.ahead.Load())) }

func (s *timed) set(to time.Time) {
	s.t.Helper()
	ahead := time.Until(to)
	s.ahead.Store(int64(ahead))
	write(s.t, s.noted, ahead.String())
}

// move sets the clock and has told what is due by then.
func (s *timed) move(to time.Time) {
	s.t.Helper()
	s.set(to)
	if _, err := s.Notify.Round(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// address gives somebody an e-mail address.
func (s *timed) address(a Account, email string) {
	s.t.Helper()
	ctx := s.t.Context()
	person, err := s.Identity.PersonByLogin(ctx, a.Login)
	if err != nil {
		s.t.Fatal(err)
	}
	account, err := s.Identity.Account(ctx, person)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, id := range account.Schools {
		m, err := s.Identity.Member(ctx, id, person)
		if err == nil {
			err = s.Identity.CorrectPerson(ctx, audit.By{}, id, person, identity.Details{FirstName: m.FirstName, LastName: m.LastName, Birth: m.Birth, Email: email, Children: m.Children})
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
}

// TestWrittenAtTenPublishedAtSeven: what a teacher writes in the evening is seen
// and told of in the morning; the family's summary of the day names child and
// school, and one click in it ends such mails.
func TestWrittenAtTenPublishedAtSeven(t *testing.T) {
	s := startTimed(t)
	pupilOf, parentOf := school.Account(t, "eleve", "Collège"), school.Account(t, "parent", "Collège")
	s.address(parentOf, "famille@example.org")
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	written := s.now().In(paris)
	seven := time.Date(written.Year(), written.Month(), written.Day()+1, 7, 0, 0, 0, written.Location())
	title := "Lettre à la rivière"

	teacher := open(t, Desktop)
	teacher.SignIn(school.Account(t, "enseignant", "Collège"))
	teacher.Go("/m/devoirs/nouveau")
	teacher.Fill("titre", title)
	teacher.Fill("matiere", "Français")
	teacher.Check("pour", "6e A")
	teacher.Fill("echeance", seven.AddDate(0, 0, 3).Format(time.DateOnly)+"T18:00")
	teacher.Submit(`form[action="/m/devoirs/nouveau"]`)
	teacher.Sees(title, "7 h")
	teacher.Sound()
	teacher.Picture("slots-teacher-at-ten")
	sheet := teacher.Path()

	pupil := open(t, Phone)
	pupil.SignIn(pupilOf)
	parent := open(t, Phone)
	parent.SignIn(parentOf)
	hidden := func(when string) {
		t.Helper()
		for who, b := range map[string]*Browser{"the pupil": pupil, "the parent": parent} {
			if got := b.Status(sheet); got != http.StatusNotFound {
				t.Errorf("%s: for %s the homework answered %d", when, who, got)
			}
			b.Go("/notifications")
			if strings.Contains(b.Text(), title) {
				t.Errorf("%s: %s is told", when, who)
			}
		}
	}
	hidden("at ten")
	s.move(seven.Add(-time.Minute))
	hidden("a minute before seven")

	s.move(seven)
	pupil.Go("/notifications")
	pupil.Sees(title, "Collège")
	pupil.ClickText(title)
	if got := pupil.Path(); got != sheet {
		t.Errorf("the notice leads to %s", got)
	}
	pupil.Sees(title)
	pupil.Sound()
	parent.Go("/notifications")
	parent.Sees(title, first(pupilOf.Name), "Collège")
	parent.Sound()
	parent.Picture("slots-parent-at-seven")

	if n := len(s.mails.read()); n > 0 {
		t.Fatalf("%d mails before the hour of the summary", n)
	}
	s.move(seven.Add(11 * time.Hour))
	came := s.mails.read()
	if len(came) != 1 || !strings.Contains(came[0], "famille@example.org") {
		t.Fatalf("%d mails: %s", len(came), came)
	}
	for _, part := range []string{title, first(pupilOf.Name), "/e/", "Coll=C3=A8ge"} {
		if !strings.Contains(came[0], part) && !strings.Contains(plainMail(came[0]), part) {
			t.Errorf("the summary does not say %q:\n%s", part, came[0])
		}
	}
	stop := between(t, came[0], "List-Unsubscribe: <"+s.school.URL, ">")
	res, err := http.Post(s.school.URL+stop, "application/x-www-form-urlencoded", strings.NewReader("List-Unsubscribe=One-Click"))
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("one click: %v %v", res, err)
	}
	res.Body.Close()
	person, err := s.Identity.PersonByLogin(t.Context(), parentOf.Login)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := s.Notify.Choice(t.Context(), ids.PersonID(person)); err != nil || len(c.Unmailed) != 1 {
		t.Errorf("%+v %v", c, err)
	}
}
