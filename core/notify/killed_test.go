package notify

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/wire"
)

const (
	childFolder = "PREAU_NOTIFY_TEST_FOLDER" // the test binary runs as a server on this folder
	childLater  = "PREAU_NOTIFY_TEST_LATER"  // minutes by which its clock is ahead
	crowd       = 40
)

func TestMain(m *testing.M) {
	if folder := os.Getenv(childFolder); folder != "" {
		if err := child(folder); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// TestKilled: a process that is killed while it tells a crowd leaves nobody
// untold; who is told twice is told under the same Message-ID, and no more of
// them than letters were on their way.
func TestKilled(t *testing.T) {
	folder := t.TempDir()
	told := map[string][]string{} // person → Message-IDs
	start := func(later, stop int) {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), childFolder+"="+folder, childLater+"="+strconv.Itoa(later))
		c.Stderr = os.Stderr
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		n := 0
		for lines := bufio.NewScanner(out); lines.Scan(); {
			to, id, ok := strings.Cut(lines.Text(), " ")
			if !ok {
				continue
			}
			told[to] = append(told[to], id)
			if n++; n == stop {
				if err := c.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := c.Wait(); stop == 0 && err != nil {
			t.Fatal(err)
		}
	}
	start(0, 7)
	if len(told) == crowd {
		t.Fatal("it was killed too late to say anything")
	}
	start(10, 5)
	start(20, 0)
	twice := 0
	for i := range crowd {
		list := told[fmt.Sprintf("p%d@example.org", i)]
		if len(list) == 0 {
			t.Errorf("p%d was told nothing", i)
		}
		for _, id := range list {
			if id != list[0] {
				t.Errorf("p%d: told under %v", i, list)
			}
		}
		twice += max(0, len(list)-1)
	}
	if twice > 2*workers {
		t.Errorf("%d letters went twice", twice)
	}
}

// child sends a notice to a crowd, once, and tells it by mail until all is told.
func child(folder string) error {
	ctx := context.Background()
	engine, err := bolt.Open(folder)
	if err != nil {
		return err
	}
	defer engine.Close()
	later, err := strconv.Atoi(os.Getenv(childLater))
	if err != nil {
		return err
	}
	words, err := locale.New(Locales)
	if err != nil {
		return err
	}
	s := New(engine, nil)
	err = s.Equip(ctx, Tools{People: crowded{}, Words: words, Mail: aloud{}, Now: func() time.Time { return time.Now().Add(time.Duration(later) * time.Minute) },
		Kinds: func(ids.SchoolID) []Kind {
			return []Kind{{Module: "devoirs", Notice: manifest.Notice{ID: "x", Default: []manifest.Way{manifest.ByMail}}}}
		}})
	if err != nil {
		return err
	}
	if later == 0 {
		r := &wire.SendRequest{Text: &wire.Text{Plain: "x"}, Urgent: true}
		for i := range crowd {
			r.People = append(r.People, fmt.Sprintf("p%d", i))
		}
		if err := s.Send(ctx, "0750655E", "devoirs", r); err != nil {
			return err
		}
	}
	for {
		next, err := s.Round(ctx)
		if err != nil || next.IsZero() {
			return err
		}
	}
}

type crowded struct{}

func (crowded) Readers(_ context.Context, _ ids.SchoolID, people ...ids.PersonID) (out []Reader, err error) {
	for _, p := range people {
		out = append(out, Reader{Person: p, Profile: ids.Eleve, Email: string(p) + "@example.org", Zone: time.UTC})
	}
	return out, nil
}

func (crowded) Schools(context.Context, ids.PersonID) ([]ids.SchoolID, error) {
	return []ids.SchoolID{"0750655E"}, nil
}

func (crowded) Zone(context.Context, ids.SchoolID) *time.Location { return time.UTC }

// aloud says on standard output what was sent; it is out when it is written.
type aloud struct{}

func (aloud) Send(_ context.Context, l *mail.Letter) error {
	_, err := fmt.Println(l.To, l.ID)
	return err
}
