// Command agenda is the calendar module: each person's own, those of classes
// and groups, and the school's, with what other modules add to them.
package main

import (
	"net/http"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/demo"
)

func main() { sdk.Serve(module()) }

// module lists everything the module answers; module.yaml says who may ask.
func module() *sdk.Module {
	m := sdk.New()

	m.Page("GET /{$}", calendarPage)
	m.Page("GET /famille", familyPage)
	m.Page("GET /entree/{id}", entryPage)
	m.Do("POST /entree/{id}/signer", sign)

	m.Handle("GET /flux.ics", http.HandlerFunc(feed))
	m.Page("GET /abonnement", subscriptionPage)
	m.Page("POST /abonnement", subscribe)
	m.Do("POST /abonnement/{id}/revoquer", revoke)
	m.Handle("GET /mes-donnees.json", http.HandlerFunc(giveMine))

	m.Page("GET /nouvelle", formPage)
	m.Do("POST /nouvelle", saveEntry)
	m.Page("GET /entree/{id}/modifier", formPage)
	m.Do("POST /entree/{id}/modifier", saveEntry)
	m.Page("GET /entree/{id}/supprimer", deletePage)
	m.Do("POST /entree/{id}/supprimer", deleteEntry)
	m.Do("POST /entree/{id}/annuler", cancelEntry)
	m.Page("GET /corbeille", binPage)
	m.Do("POST /corbeille/{id}/retablir", restoreEntry)

	m.Page("GET /importer", showImport)
	m.Do("POST /importer", beginImport)
	m.Page("GET /importer/{id}", previewImport)
	m.Do("POST /importer/{id}", applyImport)

	m.Widget("aujourd-hui", todayWidget)
	m.Widget("semaine", weekWidget)
	m.Calendar(calendar)
	m.Search(searchable)
	m.Tasks(tasks)
	m.On(demo.Event, fillDemo)
	m.On(leftEvent, forgetPerson)
	m.On(sdk.HoursMoved, hoursMoved)
	m.Migrate(2, ordered)
	return m
}
