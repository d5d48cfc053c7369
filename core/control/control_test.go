package control

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/roster"
	"github.com/preau-ent/preau/sdk/errors"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

const uai = "9990003Z"

// open connects to a data folder and closes the connection with the test.
func open(t *testing.T, data string) Conn {
	t.Helper()
	conn, err := Open(context.Background(), Options{Data: data, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// serve answers verbs for a data folder, as the server does.
func serve(t *testing.T, data string) {
	t.Helper()
	lock, err := TryLock(data)
	if err != nil {
		t.Fatal(err)
	}
	c, err := core.New(context.Background(), core.Config{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Listen(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(s.Close(context.Background()), c.Close(), lock.Release()); err != nil {
			t.Error(err)
		}
	})
}

// TestSameBothWays does the same verbs on the store and through the socket and
// wants the same answers.
func TestSameBothWays(t *testing.T) {
	for _, way := range []string{"store", "socket"} {
		t.Run(way, func(t *testing.T) {
			data := t.TempDir()
			if way == "socket" {
				serve(t, data)
			}
			conn := open(t, data)
			if _, isRemote := conn.(*remote); isRemote != (way == "socket") {
				t.Fatalf("connected as %T", conn)
			}
			ctx := context.Background()
			added, err := SchoolAdd.Call(ctx, conn, identity.School{ID: " 9990003z", Name: "École fictive"}, nil)
			if err != nil || added.School.ID != uai || len(added.Warnings) != 0 {
				t.Fatalf("add: %+v, %v", added, err)
			}
			_, err = SchoolAdd.Call(ctx, conn, identity.School{ID: uai, Name: "École fictive"}, nil)
			if key, _ := errors.Public(err); errors.KindOf(err) != errors.Conflict || key != "identity.school.exists" {
				t.Errorf("add again: %v", err)
			}
			in := ImportOf{School: uai, Source: roster.SourceCSV, Files: []roster.File{{Name: "p.csv", Data: []byte(people)}}}
			steps := 0
			done, err := Import.Call(ctx, conn, in, func(Progress) { steps++ })
			if err != nil || done.Report.Created != 3 || len(done.First) != 3 || steps != 3 {
				t.Fatalf("import: %+v, %d steps, %v", done.Report, steps, err)
			}
			again, err := Import.Call(ctx, conn, in, nil)
			if err != nil || again.Report.Unchanged != 3 || len(again.First) != 0 {
				t.Errorf("import again: %+v, %v", again.Report, err)
			}
			list, err := PersonList.Call(ctx, conn, PeopleOf{School: uai, Group: "6e A"}, nil)
			if err != nil || len(list) != 2 {
				t.Errorf("class: %+v, %v", list, err)
			}
			first, err := PersonReset.Call(ctx, conn, PersonOf{School: uai, Person: done.First[0].Login}, nil)
			if err != nil || first.Password == "" || first.Password == done.First[0].Password {
				t.Errorf("reset: %+v, %v", first, err)
			}
			_, err = PersonReset.Call(ctx, conn, PersonOf{School: uai, Person: "personne"}, nil)
			if key, args := errors.Public(err); key != "control.person" || !slices.Equal(args, []any{"person", "personne", "school", uai}) {
				t.Errorf("reset of nobody: %v", err)
			}
			checks, err := Doctor.Call(ctx, conn, None{}, nil)
			if err != nil || len(checks) != 6 || slices.ContainsFunc(checks, func(c Check) bool { return !c.Healthy }) {
				t.Errorf("doctor: %+v, %v", checks, err)
			}
		})
	}
}

const people = "identifiant;profil;nom;prenom;naissance;classes;groupes;enfants;courriel\n" +
	"e1;eleve;Roudaut;Titouan;02/03/2014;6e A;;;\n" +
	"p1;parent;Roudaut;Lenaïg;;;;e1;\n" +
	"t1;enseignant;Kerbrat;Gildas;;6e A;;;\n"

func TestImportRefused(t *testing.T) {
	conn := open(t, t.TempDir())
	ctx := context.Background()
	if _, err := SchoolAdd.Call(ctx, conn, identity.School{ID: uai, Name: "École fictive"}, nil); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"whole": people[:len(people)-20],
		"line":  people + "x1;pirate;Roudaut;Anna;;;;;\n",
	} {
		done, err := Import.Call(ctx, conn, ImportOf{School: uai, Source: roster.SourceCSV, Files: []roster.File{{Name: "p.csv", Data: []byte(text)}}}, nil)
		if err != nil || done.Report.Created != 0 || len(done.Report.Refused) != 1 || done.Report.Applied {
			t.Errorf("%s: %+v, %v", name, done.Report, err)
		}
	}
	list, err := PersonList.Call(ctx, conn, PeopleOf{School: uai}, nil)
	if err != nil || len(list) != 0 {
		t.Errorf("people after refused imports: %v, %v", list, err)
	}
	if _, err := Import.Call(ctx, conn, ImportOf{School: "9990001X", Source: roster.SourceCSV}, nil); errors.KindOf(err) != errors.NotFound {
		t.Errorf("unknown school: %v", err)
	}
}

func TestFolder(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	if _, err := Open(context.Background(), Options{Data: data}); errors.KindOf(err) != errors.NotFound {
		t.Errorf("a folder that is not there: %v", err)
	}
	lock := func() *Lock {
		l, err := TryLock(filepath.Dir(data))
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	l := lock()
	if _, err := TryLock(filepath.Dir(data)); errors.KindOf(err) != errors.Conflict {
		t.Errorf("a second lock: %v", err)
	}
	_, err := Open(context.Background(), Options{Data: filepath.Dir(data), Patience: time.Millisecond})
	if errors.KindOf(err) != errors.Conflict {
		t.Errorf("a folder that somebody keeps: %v", err)
	}
	if err := l.Release(); err != nil {
		t.Error(err)
	}
	lock().Release()
}

// TestStaleSocket leaves a socket nobody listens on, as a killed server does.
func TestStaleSocket(t *testing.T) {
	data := t.TempDir()
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(data, SocketName), Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	l.SetUnlinkOnClose(false)
	l.Close()
	if _, ok := open(t, data).(*local); !ok {
		t.Fatal("the stale socket was taken for a server")
	}
}

func TestStaleSocketIsReplaced(t *testing.T) {
	// Longer than an address may be.
	data := filepath.Join(t.TempDir(), strings.Repeat("d", 100))
	if err := os.MkdirAll(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, SocketName), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	serve(t, data)
	info, err := os.Stat(filepath.Join(data, SocketName))
	if err != nil || info.Mode() != os.ModeSocket|0o600 {
		t.Errorf("socket %v, %v, want one of mode 0600", info.Mode(), err)
	}
	if list, err := SchoolList.Call(context.Background(), open(t, data), None{}, nil); err != nil || len(list) != 0 {
		t.Errorf("schools %v, %v", list, err)
	}
}

func TestUnknownVerb(t *testing.T) {
	data := t.TempDir()
	serve(t, data)
	_, err := open(t, data).call(context.Background(), "school.burn", json.RawMessage("{}"), func(Progress) {})
	if errors.KindOf(err) != errors.NotFound {
		t.Errorf("%v, want NotFound", err)
	}
}
