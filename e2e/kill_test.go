package e2e

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestKilledAtAnyMoment kills the core, or a module, with SIGKILL while people
// write, again and again: what was acknowledged is there afterwards, no module
// process outlives the core, and the store's journals still verify.
func TestKilledAtAnyMoment(t *testing.T) {
	s, err := start(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	account := s.Account(t, "enseignant", "Collège")
	var kept []string
	for round := range 6 {
		writer := signedIn(t, s, account)
		pids := s.modules(t)
		w := &writes{client: writer, round: round}
		w.start(3)
		victim := "core"
		if round%2 == 1 {
			victim = "agenda"
		}
		w.until(3 + rand.IntN(12)) // some were acknowledged, others are under way
		if victim == "core" {
			s.cmd.Process.Kill()
			s.cmd.Wait()
			for id, pid := range pids {
				gone(t, id, pid)
			}
		} else {
			syscall.Kill(pids[victim], syscall.SIGKILL)
		}
		kept = append(kept, w.stop()...)
		if victim == "core" {
			if err := s.again(); err != nil {
				t.Fatal(err)
			}
		} else if err := s.await(time.Minute); err != nil {
			t.Fatal(err)
		}
		reader := signedIn(t, s, account)
		body := reader.comesBack(t, "/m/agenda/?vue=liste&date="+day)
		for _, title := range kept {
			if !strings.Contains(body, title) {
				t.Errorf("round %d, %s killed: acknowledged «%s» is lost", round, victim, title)
			}
		}
	}
	t.Logf("%d acknowledged writes, all there", len(kept))
	s.Preau(t, "doctor")
}

// day is when the written entries take place: far from the demonstration's.
const day = "2031-05-05"

// writes posts entries one after the other from several goroutines.
type writes struct {
	*client
	round int
	mu    sync.Mutex
	acked []string
	ended bool
	all   sync.WaitGroup
}

func (w *writes) start(n int) {
	for k := range n {
		w.all.Go(func() {
			for i := 0; ; i++ {
				title := fmt.Sprintf("Conseil %d-%d-%d.", w.round, k, i)
				status, err := w.post("/m/agenda/nouvelle", url.Values{"titre": {title}, "debut": {day + "T10:00"}, "fin": {day + "T11:00"}})
				w.mu.Lock()
				if err == nil && status == http.StatusSeeOther {
					w.acked = append(w.acked, title)
				}
				over := w.ended || err != nil
				w.mu.Unlock()
				if over {
					return
				}
			}
		})
	}
}

// until waits for so many acknowledgements.
func (w *writes) until(n int) {
	for {
		w.mu.Lock()
		enough := len(w.acked) >= n
		w.mu.Unlock()
		if enough {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// stop ends the writers and returns what was acknowledged.
func (w *writes) stop() []string {
	w.mu.Lock()
	w.ended = true
	w.mu.Unlock()
	w.all.Wait()
	return w.acked
}

// comesBack asks for a page until it is answered: a module that was killed is
// started again, and until then its pages say so.
func (c *client) comesBack(t *testing.T, path string) string {
	t.Helper()
	var status int
	for range 600 {
		var body string
		var err error
		if body, status, err = c.get(path); err == nil && status == http.StatusOK {
			return body
		}
		if status != 0 && status != http.StatusServiceUnavailable {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s does not come back: %d", path, status)
	return ""
}

// modules returns the process of each module.
func (s *School) modules(t *testing.T) map[string]int {
	t.Helper()
	var list []struct {
		ID  string `json:"id"`
		PID int    `json:"pid"`
	}
	out, err := exec.Command(s.Binary, "module", "list", "--json", "--data", s.Data).Output()
	if err == nil {
		err = json.Unmarshal(out, &list)
	}
	if err != nil {
		t.Fatalf("module list: %v\n%s", err, out)
	}
	pids := map[string]int{}
	for _, m := range list {
		if m.PID == 0 { // to a signal these are the tests themselves
			t.Fatalf("%s has no process", m.ID)
		}
		pids[m.ID] = m.PID
	}
	return pids
}

// gone waits until a process is no more.
func gone(t *testing.T, id string, pid int) {
	t.Helper()
	for range 500 {
		if syscall.Kill(pid, 0) == syscall.ESRCH {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%s (process %d) outlived the core", id, pid)
}
