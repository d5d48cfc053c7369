// Hostile is the module that does everything wrong on demand, for tests: a
// panic, an exit, a hang, garbage, too much, too late. The word in the file
// <data>/fault chooses what is wrong with the process as a whole, a widget's or
// an address's name what is wrong with one answer.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ui"
)

func main() {
	startFault(word())
	m := sdk.New()
	m.Page("GET /", func(*sdk.Request) (*ui.Page, error) {
		return ui.NewPage("hostile.name", ui.Text("hostile.hello")), nil
	})
	m.Page("GET /faute/{name}", func(r *sdk.Request) (*ui.Page, error) {
		fault(r.PathValue("name"))
		return ui.NewPage("hostile.name"), nil
	})
	for _, id := range []string{"ok", "panic", "exit", "hang", "slow", "huge", "garbage", "stop"} {
		m.Widget(id, func(*sdk.WidgetRequest) (*ui.Node, error) { return widget(id), nil })
	}
	m.Calendar(func(*sdk.CalendarRequest) ([]*ui.Entry, error) {
		if word() == "calendar" {
			select {}
		}
		return []*ui.Entry{{Id: "1", Title: ui.S("entry")}}, nil
	})
	m.On("hostile.poison", func(context.Context, *sdk.Event) error { return errors.New("cannot swallow this") })
	m.On("hostile.fine", func(_ context.Context, e *sdk.Event) error {
		return os.WriteFile(filepath.Join(os.Getenv("HOME"), "event-"+e.ID), e.Payload, 0o600)
	})
	pages(m)
	sdk.Serve(m)
}

// word is the fault chosen for the whole process.
func word() string {
	b, _ := os.ReadFile(filepath.Join(os.Getenv("HOME"), "fault"))
	return strings.TrimSpace(string(b))
}

// startFault is what goes wrong before the handshake.
func startFault(name string) {
	switch name {
	case "exit":
		os.Stderr.WriteString("leaving \x1b[31mat once\n")
		os.Exit(3)
	case "garbage":
		os.Stdout.WriteString("\x00\xffthis is no handshake\n")
		time.Sleep(time.Hour)
	case "mute":
		time.Sleep(time.Hour)
	case "deaf":
		signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
		raw(false)
	case "raw":
		raw(true)
	}
}

// fault is what goes wrong in a call.
func fault(name string) {
	switch name {
	case "panic":
		panic("as asked")
	case "exit":
		os.Exit(4)
	case "hang":
		select {}
	case "slow":
		time.Sleep(400 * time.Millisecond)
	case "stop": // as a whole, as a swapped-out machine would
		syscall.Kill(os.Getpid(), syscall.SIGSTOP)
		select {} // the signal may come a moment later
	}
}

func widget(id string) *ui.Node {
	fault(id)
	switch id {
	case "huge":
		return ui.TextOf(ui.S(strings.Repeat("a", 8<<20)))
	case "garbage":
		return ui.TextOf(ui.S("\xff\xfe no UTF-8"))
	}
	return ui.Text("hostile.hello")
}
