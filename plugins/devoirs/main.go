// Command devoirs is the homework module: a teacher sets, pupils do and hand
// in, the teacher corrects, parents follow, school life and the head keep an
// eye on the load of each class.
package main

import (
	"net/http"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/demo"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

func main() { sdk.Serve(module()) }

// module lists everything the module answers; module.yaml says who may ask.
func module() *sdk.Module {
	m := sdk.New()

	m.Page("GET /{$}", firstPage)
	m.Page("GET /classes", classList)
	m.Page("GET /devoir/{id}", sheetPage)
	m.Do("GET /devoir/{id}/fichier/{fichier}", getSheetFile)
	m.Do("GET /devoir/{id}/copie/{eleve}/fichier/{fichier}", getCopyFile)

	m.Do("POST /devoir/{id}/cocher", tick)
	m.Do("POST /devoir/{id}/rendre", handIn)
	m.Do("POST /devoir/{id}/retirer", withdrawHandIn)

	m.Page("GET /nouveau", formPage)
	m.Do("POST /nouveau", saveHomework)
	m.Page("GET /devoir/{id}/modifier", formPage)
	m.Do("POST /devoir/{id}/modifier", saveHomework)
	m.Do("POST /devoir/{id}/publier", publishHomework)
	m.Do("POST /devoir/{id}/dupliquer", duplicateHomework)
	m.Do("POST /devoir/{id}/supprimer", deleteHomework)
	m.Do("POST /devoir/{id}/retablir", restoreHomework)
	m.Do("POST /devoir/{id}/modele", keepModel)
	m.Page("GET /modeles", modelList)
	m.Do("POST /modeles/{id}/supprimer", deleteModel)
	m.Page("GET /baremes", baremeList)
	m.Do("POST /baremes", createBareme)
	m.Page("GET /baremes/{id}", baremePage)
	m.Do("POST /baremes/{id}", changeBareme)
	m.Do("POST /baremes/{id}/supprimer", deleteBareme)

	m.Handle("GET /devoir/{id}/copies.zip", http.HandlerFunc(zipCopies))
	m.Page("GET /devoir/{id}/copie/{eleve}", deskPage)
	m.Do("POST /devoir/{id}/copie/{eleve}/corriger", saveCorrection)
	m.Do("POST /devoir/{id}/copie/{eleve}/rouvrir", reopenCopy)
	m.Do("POST /devoir/{id}/corrections", publishCorrections)

	m.Widget("a-rendre", toDoWidget)
	m.Widget("a-corriger", toCorrectWidget)
	m.Widget("taux", rateWidget)
	m.Calendar(calendar)
	m.Search(searchable)
	m.Tasks(tasks)
	m.On(demo.Event, fillDemo)
	m.On(sdk.HoursMoved, hoursMoved)
	return m
}

// firstPage is what the menu leads to: each profile's own.
func firstPage(r *sdk.Request) (*ui.Page, error) {
	announceDue(r.Context(), &r.Scope)
	eraseDue(r.Context(), &r.Scope)
	switch {
	case r.Viewer.Profile == ids.Eleve, r.Viewer.Profile == ids.Parent:
		return pupilList(r)
	case r.Viewer.May("devoirs.set"):
		return teacherList(r)
	}
	return classList(r)
}
