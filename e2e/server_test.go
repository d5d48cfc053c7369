package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Account is a line of demo-accounts.json.
type Account struct {
	Login    string `json:"identifiant"`
	Password string `json:"mot_de_passe"`
	Profile  string `json:"profil"`
	Name     string `json:"nom"`
	School   string `json:"ecole"`
}

// School is a running Préau with the demonstration's two schools.
type School struct {
	URL      string
	Data     string
	Binary   string
	Accounts []Account
	cmd      *exec.Cmd
}

var school *School

func TestMain(m *testing.M) {
	code, err := withSchool(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		code = 1
	}
	os.Exit(code)
}

func withSchool(run func() int) (int, error) {
	dir, err := os.MkdirTemp("", "preau-e2e")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(dir)
	build := exec.Command("make", "build")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		return 1, fmt.Errorf("make build: %w\n%s", err, out)
	}
	school, err = start(dir)
	if err != nil {
		return 1, err
	}
	defer school.Stop()
	return run(), nil
}

// start runs "preau demo" on a free port and waits until every module serves.
func start(dir string) (*School, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := l.Addr().String()
	l.Close()
	binary, err := filepath.Abs("../bin/preau")
	if err != nil {
		return nil, err
	}
	s := &School{URL: "http://" + address, Data: filepath.Join(dir, "data"), Binary: binary}
	if err := s.again(); err != nil {
		return nil, err
	}
	accounts, err := os.ReadFile(filepath.Join(s.Data, "demo-accounts.json"))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(accounts, &s.Accounts); err != nil {
		return nil, err
	}
	return s, s.alwaysOpen()
}

// alwaysOpen has the heads publish to families at any hour: the journeys are the
// same at night and on Sundays. slots_test.go is about the hours.
func (s *School) alwaysOpen() error {
	for _, a := range s.Accounts {
		if a.Profile != "direction" {
			continue
		}
		c, err := signIn(s, a)
		if err != nil {
			return err
		}
		status, err := c.post("/administration/publication", url.Values{"ouvre": {"420"}, "ferme": {"1200"}, "toujours": {"on"}})
		if err != nil || status != http.StatusSeeOther {
			return fmt.Errorf("hours of publishing: %d, %w", status, err)
		}
	}
	return nil
}

// again starts the server on its data folder and waits until all serves.
func (s *School) again() error {
	s.cmd = exec.Command(s.Binary, "demo", "--data", s.Data, "--listen", strings.TrimPrefix(s.URL, "http://"))
	log, err := os.OpenFile(s.Data+".log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	s.cmd.Stdout, s.cmd.Stderr = log, log
	if err := s.cmd.Start(); err != nil {
		return err
	}
	if err := s.await(2 * time.Minute); err != nil {
		s.Stop()
		said, _ := os.ReadFile(log.Name())
		return fmt.Errorf("%w\n%s", err, said)
	}
	return nil
}

// await polls /readyz, the product's own word for "everything serves".
func (s *School) await(patience time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var last string
	for ctx.Err() == nil {
		res, err := http.Get(s.URL + "/readyz")
		if err == nil {
			body, _ := io.ReadAll(res.Body)
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
			last = string(body)
		}
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
	return fmt.Errorf("not ready after %v: %s", patience, last)
}

// Stop asks the server to end and waits for it.
func (s *School) Stop() {
	s.cmd.Process.Signal(syscall.SIGTERM)
	s.cmd.Wait()
}

// Account returns the first demo account whose profile, and school when given,
// match.
func (s *School) Account(t *testing.T, profile, school string) Account {
	t.Helper()
	for _, a := range s.Accounts {
		if a.Profile == profile && strings.Contains(a.School, school) {
			return a
		}
	}
	t.Fatalf("no demo account for %s in %q", profile, school)
	return Account{}
}

// Preau runs a command-line verb on the running school.
func (s *School) Preau(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command(s.Binary, append(args, "--data", s.Data)...).CombinedOutput()
	if err != nil {
		t.Fatalf("preau %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}
