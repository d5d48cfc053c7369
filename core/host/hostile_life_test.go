package host_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
)

var lifeTrials = []trial{
	{name: "panic", stops: "the SDK makes an error of it; the process lives", sees: "an error of kind `bug`, with `as asked` in the log",
		do: func(y *yard) {
			y.widgetFails("panic", errors.Bug)
			if status, _, err := y.get("/faute/panic"); status != 500 {
				y.t.Errorf("page: %d %v", status, err)
			}
			y.recovers()
			if n := y.status(y.t, victim).Restarts; n != 0 {
				y.t.Errorf("a panic in a handler ended the process %d times", n)
			}
		}},
	{name: "panic-goroutine", stops: "the process ends, the supervisor starts another", sees: "the page is `unavailable`; the log has `panic: in a goroutine` and `backing-off`",
		do: func(y *yard) { y.pageFails("/faute/panic-goroutine", errors.Unavailable); y.restarted() }},
	{name: "exit-start", word: "exit", stops: "backoff; the others start meanwhile", sees: "the module is `unavailable`, `exit status 3`, with its last words `leaving \\x1b[31mat once` in the log",
		do: func(y *yard) { y.away() }},
	{name: "exit", stops: "the supervisor sees the process end and starts another", sees: "the call is `unavailable`; the log has `exit status 4`",
		do: func(y *yard) { y.widgetFails("exit", errors.Unavailable); y.restarted() }},
	{name: "crash-loop", word: "crash-loop", stops: "backoff that grows, then quarantine until somebody looks", sees: "the state is `quarantined`; the log has `exit status 5`",
		do: func(y *yard) {
			eventually(y.t, "quarantine", func() bool { return y.status(y.t, victim).State == "quarantined" })
			y.widgetFails("ok", errors.Unavailable)
		}},
	{name: "mute", word: "mute", stops: "the deadline for a start; the process is killed", sees: "the module is `unavailable`: `deadline exceeded`",
		do: func(y *yard) { y.away() }},
	{name: "stdout-garbage", word: "garbage", stops: "the handshake refuses it; the process is killed", sees: "the module is `unavailable`: `Unrecognized remote plugin message`",
		do: func(y *yard) { y.away() }},
	{name: "hang", stops: "a deadline for each call, and a bound on how many wait", sees: "the caller is told `timeout` in time; other calls of the module go on",
		do: func(y *yard) {
			y.widgetFails("hang", errors.Timeout)
			y.widgetFails("hang", errors.Timeout)
			y.recovers()
		}},
	{name: "hang-all", word: "hang-all", stops: "pings without answer: the process is killed and started again", sees: "`degraded`, then `hung, killed`",
		do: func(y *yard) { y.widgetFails("ok", errors.Timeout); y.restarted() }},
	{name: "slow", stops: "the deadline of a widget", sees: "the widget is `timeout`; a page that waits longer gets its answer",
		do: func(y *yard) { y.widgetFails("slow", errors.Timeout); y.recovers() }},
	{name: "stop", stops: "the first process of a namespace cannot stop itself; one that is stopped from outside is killed for want of an answer", sees: "the call is `timeout`, then `hung, killed`",
		do: func(y *yard) {
			y.widgetFails("stop", errors.Timeout)
			y.recovers()
			y.signal(y.t, victim, syscall.SIGSTOP)
			y.restarted()
		}},
	{name: "close-socket", stops: "a ping knocks at the page socket too: the process is killed and another started", sees: "`hung, killed`",
		do: func(y *yard) {
			y.get("/faute/close-socket")
			y.restarted()
			eventually(y.t, "its pages come back", func() bool { status, _, err := y.get("/"); return err == nil && status == 200 })
		}},
	{name: "deaf", word: "deaf", stops: "SIGKILL, which nobody ignores", sees: "`state: stopped` within the time for a clean end; the log says `killed`",
		do: func(y *yard) {
			pid := y.status(y.t, victim).PID
			check(y.t, y.Disable(context.Background(), school, victim))
			eventually(y.t, "it is gone", func() bool { return pid != 0 && gone(pid) && y.status(y.t, victim).State == supervise.Stopped })
		}},
	{name: "grandchild", stops: "the process namespace ends with its first process, whatever session a child is in", sees: "the log names the `grandchild`; none is left after the module",
		do: func(y *yard) {
			if status, _, err := y.get("/faute/grandchild"); status != 200 {
				y.t.Fatalf("%d %v", status, err)
			}
			y.widgetFails("exit", errors.Unavailable)
			y.restarted()
			eventually(y.t, "only the new process is left", func() bool { return len(y.processes()) <= 2 })
		}},
	{name: "reentrant", word: "reentrant", stops: "whoever is asked for its calendar may not gather the others': nothing goes round", sees: "its entries are `missing`; the log says `host.calendar.within`",
		do: func(y *yard) {
			y.fault(y.t, voisin, "reentrant") // both ask for each other's
			now := time.Now()
			ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
			defer cancel()
			found, missing, err := y.Calendar(ctx, pupil(), now, now.Add(time.Hour))
			y.note("calendar: %d modules, missing %v: %v", len(found), missing, err)
			if check(y.t, err); len(missing) != 2 {
				y.t.Errorf("missing %v", missing)
			}
			eventually(y.t, "nothing of it goes on", func() bool { return y.OpenHandlesForTest() == 0 })
			check(y.t, os.Remove(filepath.Join(y.home(voisin), "fault")))
			y.recovers()
		}},
	{name: "poison", stops: "tries ever further apart, and in the end the event is set aside; the next one does not wait for it", sees: "the event behind it arrives: `the next one is there`; the log has `cannot swallow this`",
		do: func(y *yard) {
			for _, name := range []string{"hostile.poison", "hostile.fine"} {
				check(y.t, y.bus.Publish(context.Background(), events.Event{ID: name, Name: name, School: school, Payload: []byte(`"x"`)}))
			}
			eventually(y.t, "the event behind the poison arrives", func() bool {
				b, err := os.ReadFile(filepath.Join(y.home(victim), "event-hostile.fine"))
				return err == nil && string(b) == `"x"`
			})
			y.note("the next one is there")
		}},
	{name: "storm", stops: "events are written one by one and delivered by one courier for each module", sees: "the neighbour answers meanwhile: `20 answers`",
		do: func(y *yard) {
			if status, _, err := y.get("/faute/storm"); status != 200 {
				y.t.Fatalf("%d %v", status, err)
			}
			for range 20 {
				y.answers(voisin)
			}
			y.note("20 answers")
		}},
}

// pageFails asks for a page of the hostile module and wants an error of this kind.
func (y *yard) pageFails(path string, kinds ...errors.Kind) {
	y.t.Helper()
	a, err := y.open(y.t, victim, httptest.NewRequest("GET", path, nil))
	if err == nil {
		a.Body.Close()
		err = fmt.Errorf("answered %d", a.Status)
	}
	y.failed("GET "+path, err, kinds...)
}

// restarted waits for a new process that answers.
func (y *yard) restarted() {
	y.t.Helper()
	eventually(y.t, "it is started again", func() bool { return y.status(y.t, victim).Restarts > 0 })
	if y.name == "hang-all" { // hangs at the first widget: its process is looked at instead
		eventually(y.t, "it serves again", func() bool { return y.status(y.t, victim).State == supervise.Serving })
		return
	}
	y.recovers()
}

// away: the module does not start and says why, until the fault has gone.
func (y *yard) away() {
	y.t.Helper()
	y.widgetFails("ok", errors.Unavailable)
	y.pageFails("/", errors.Unavailable)
	y.note("last error: %s", y.status(y.t, victim).LastError)
	y.fault(y.t, victim, "")
	y.recovers()
}

// processes lists the processes that run the hostile module's program of this
// test, seen from outside.
func (y *yard) processes() (pids []string) {
	all, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, path := range all {
		line, _ := os.ReadFile(path)
		env, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "environ"))
		if strings.Contains(string(line), "hostile") && strings.Contains(string(env), y.home(victim)) {
			pids = append(pids, filepath.Base(filepath.Dir(path)))
		}
	}
	return pids
}
