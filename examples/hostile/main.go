// Hostile is the module that does everything wrong on demand, for tests: each
// case of the catalogue has a name. The word in the file <data>/fault chooses
// what is wrong with the process as a whole, a widget's or an address's name
// what is wrong with one answer. `hostile catalogue` prints all of them.
//
// It is well-behaved in its way: it connects only to addresses that a test hands
// over, sends signals only to a process that a test hands over, and whatever
// fills, leaks or multiplies has a bound that is set before it starts.
package main

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ui"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "catalogue" {
		tell()
		return
	}
	fault := word()
	if c := find(fault); c != nil && c.start != nil {
		c.start()
	}
	switch fault { // names that a call has too
	case "exit":
		leaveAtOnce()
	case "garbage":
		garbage()
	}
	m := sdk.New()
	m.Page("GET /", func(*sdk.Request) (*ui.Page, error) {
		return ui.NewPage("hostile.name", ui.Text("hostile.hello")), nil
	})
	m.Page("GET /faute/{name}", func(r *sdk.Request) (*ui.Page, error) {
		if c := find(r.PathValue("name")); c != nil && c.call != nil {
			c.call(r)
		}
		return ui.NewPage("hostile.name", ui.Text("hostile.hello")), nil
	})
	m.Handle("GET /reponse/{name}", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c := find(r.PathValue("name")); c != nil && c.answer != nil {
			c.answer(w, r)
		}
	}))
	m.Handle("GET /attaque/{name}", http.HandlerFunc(serveAttack))
	m.Widget("ok", func(*sdk.WidgetRequest) (*ui.Node, error) { return ui.Text("hostile.hello"), nil })
	for _, c := range catalogue {
		if c.widget != nil {
			m.Widget(c.Name, func(*sdk.WidgetRequest) (*ui.Node, error) { return c.widget(), nil })
		}
	}
	m.Calendar(calendar)
	m.On("hostile.poison", func(context.Context, *sdk.Event) error { return errors.New("cannot swallow this") })
	m.On("hostile.fine", func(_ context.Context, e *sdk.Event) error {
		return os.WriteFile(filepath.Join(os.Getenv("HOME"), "event-"+e.ID), e.Payload, 0o600)
	})
	m.On("hostile.storm", func(context.Context, *sdk.Event) error { return nil })
	pages(m)
	if fault == "core-open" {
		serveOpen(m)
		return
	}
	sdk.Serve(m)
}

// word is the fault chosen for the whole process.
func word() string {
	b, _ := os.ReadFile(filepath.Join(os.Getenv("HOME"), "fault"))
	return strings.TrimSpace(string(b))
}

// calendar answers one entry, hangs, or asks the core for everybody's calendar
// from inside its own.
func calendar(r *sdk.CalendarRequest) ([]*ui.Entry, error) {
	switch word() {
	case "calendar":
		select {}
	case "reentrant":
		if _, _, err := r.Calendars.Entries(r.From, r.To); err != nil {
			return nil, err
		}
	}
	return []*ui.Entry{{Id: "1", Title: ui.S("entry")}}, nil
}
