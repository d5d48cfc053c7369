// Command agenda is the calendar module: each person's own, those of classes
// and groups, and the school's, with what other modules add to them.
package main

import (
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/demo"
)

func main() { sdk.Serve(module()) }

// module lists everything the module answers; module.yaml says who may ask.
func module() *sdk.Module {
	m := sdk.New()

	m.Page("GET /{$}", calendarPage)
	m.Page("GET /entree/{id}", entryPage)

	m.Widget("aujourd-hui", todayWidget)
	m.Widget("semaine", weekWidget)
	m.Calendar(calendar)
	m.On(demo.Event, fillDemo)
	return m
}
