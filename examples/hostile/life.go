package main

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

const ofLife = "faults of life"

var life = []wrong{
	{Name: "panic", Family: ofLife, Tries: "panics in a handler", widget: never(func() { panic("as asked") }), call: func(*sdk.Request) { panic("as asked") }},
	{Name: "panic-goroutine", Family: ofLife, Tries: "panics in a goroutine that nobody watches",
		call: func(*sdk.Request) { go panic("in a goroutine"); select {} }},
	{Name: "exit-start", Family: ofLife, Tries: "leaves before the handshake", start: leaveAtOnce},
	{Name: "exit", Family: ofLife, Tries: "leaves in the middle of a call", widget: never(func() { os.Exit(4) }), call: func(*sdk.Request) { os.Exit(4) }},
	{Name: "crash-loop", Family: ofLife, Tries: "starts well, then leaves, every time", start: leaveSoon},
	{Name: "mute", Family: ofLife, Tries: "never shakes hands", start: func() { time.Sleep(time.Hour) }},
	{Name: "stdout-garbage", Family: ofLife, Tries: "prints garbage where the handshake belongs", start: garbage},
	{Name: "hang", Family: ofLife, Tries: "never answers one call", widget: never(func() { select {} }), call: func(*sdk.Request) { select {} }},
	{Name: "hang-all", Family: ofLife, Tries: "answers nothing any more, not even a ping", start: func() { raw(rawHangs) }},
	{Name: "slow", Family: ofLife, Tries: "answers a widget too late", widget: func() *ui.Node { time.Sleep(2 * time.Second); return ui.Text("hostile.hello") }},
	{Name: "stop", Family: ofLife, Tries: "stops itself with SIGSTOP", widget: never(stopItself), call: func(*sdk.Request) { stopItself() }},
	{Name: "close-socket", Family: ofLife, Tries: "closes its page socket and lives on", call: func(*sdk.Request) { closeListeners() }},
	{Name: "deaf", Family: ofLife, Tries: "ignores SIGTERM and the lifeline", start: func() {
		signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
		raw(rawAnswers)
	}},
	{Name: "grandchild", Family: ofLife, Tries: "leaves a grandchild behind in a session of its own", call: func(r *sdk.Request) {
		pid, e := fork(0, true, time.Minute)
		r.Log.Warn("grandchild", "pid", int(pid), "said", e.Error())
	}},
	{Name: "reentrant", Family: ofLife, Tries: "asks for everybody's calendar from inside its own, and so does its neighbour"},
	{Name: "poison", Family: ofLife, Tries: "cannot digest an event and fails at every delivery"},
	{Name: "storm", Family: ofLife, Tries: "publishes " + strconv.Itoa(stormSize) + " events at once", call: storm},
}

// never makes a widget of what does not come back.
func never(do func()) func() *ui.Node {
	return func() *ui.Node { do(); return ui.Text("hostile.hello") }
}

func leaveAtOnce() {
	os.Stderr.WriteString("leaving \x1b[31mat once\n")
	os.Exit(3)
}

// leaveSoon leaves once the core has activated it: the page socket is there.
func leaveSoon() {
	socket := filepath.Join(os.Getenv("TMPDIR"), "page")
	go func() {
		for range 6000 {
			if _, err := os.Lstat(socket); err == nil {
				break
			}
			time.Sleep(5 * time.Millisecond)
		}
		time.Sleep(50 * time.Millisecond)
		os.Exit(5)
	}()
}

func garbage() {
	os.Stdout.WriteString("\x00\xffthis is no handshake\n")
	time.Sleep(time.Hour)
}

// stopItself stops the process as a whole, as a swapped-out machine would.
func stopItself() {
	syscall.Kill(os.Getpid(), syscall.SIGSTOP)
	select {} // the signal may come a moment later
}

// closeListeners shuts every socket that listens.
func closeListeners() {
	for fd := 3; fd < 256; fd++ {
		if on, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ACCEPTCONN); err == nil && on == 1 {
			unix.Shutdown(fd, unix.SHUT_RDWR)
		}
	}
}

const stormSize = 2000

// storm commits its events in one transaction; the SDK sends them as fast as
// the core takes them.
func storm(r *sdk.Request) {
	err := r.Store.Update(context.WithoutCancel(r.Context()), func(tx store.Tx) error {
		for i := range stormSize {
			if err := tx.Emit("hostile.storm", i); err != nil {
				return err
			}
		}
		return nil
	})
	r.Log.Warn("storm", "err", err)
}
