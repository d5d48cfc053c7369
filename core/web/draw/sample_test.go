package draw

import (
	"sync"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/themes"
)

var paris = func() *time.Location {
	z, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err)
	}
	return z
}()

// now is a Tuesday morning of the school year.
var now = time.Date(2026, 11, 24, 9, 40, 0, 0, paris)

func in(days, hour, minute int) time.Time {
	return time.Date(now.Year(), now.Month(), now.Day()+days, hour, minute, 0, 0, paris)
}

// sample returns a context in which everything is allowed to a parent of two.
func sample(t testing.TB) *Context {
	t.Helper()
	c, err := locale.New(Locales)
	if err != nil {
		t.Fatal(err)
	}
	return &Context{Say: c.Speaker("fr", paris, now), Module: "devoirs", Children: 2, Here: "/m/devoirs/"}
}

// sampleSheet is compiled once for all tests.
var sampleSheet = sync.OnceValue(func() *theme.Sheet {
	packs, err := theme.New(themes.FS)
	if err != nil {
		panic(err)
	}
	sheet, err := packs.For(theme.Look{})
	if err != nil {
		panic(err)
	}
	return sheet
})

func sampleLayout(t testing.TB) *Layout {
	t.Helper()
	return &Layout{
		School: "Collège Simone-Veil", Stylesheet: sampleSheet().Path,
		Person: "Nadia Benali", Profile: "parent", Unread: 3,
		Schools:  []Choice{{"0750001A", "Collège Simone-Veil", true}, {"0750002B", "Lycée Germaine-Tillion", false}},
		Children: []Choice{{"", "Tous mes enfants", true}, {"p1", "Yanis Benali", false}, {"p2", "Lina Benali", false}},
		Nav: []NavItem{
			{Href: "/", Label: "Accueil", Icon: ui.IconHome, Main: true},
			{Href: "/m/agenda/", Label: "Agenda", Icon: ui.IconCalendarDays, Family: "scolarite", Main: true},
			{Href: "/m/devoirs/", Label: "Devoirs", Icon: ui.IconHomework, Family: "scolarite", Current: true, Main: true},
			{Href: "/m/notes/", Label: "Résultats", Icon: ui.IconMark, Family: "scolarite"},
			{Href: "/m/messagerie/", Label: "Messages", Icon: ui.IconMail, Family: "communication", Main: true},
			{Href: "/m/actualites/", Label: "Actualités", Icon: ui.IconNews, Family: "communication"},
			{Href: "/m/cantine/", Label: "Cantine", Icon: ui.IconMeal, Family: "vie"},
		},
		Flash: &Flash{ui.Ok, "Votre travail est rendu."},
	}
}

var yanis, lina = ui.AboutChild("p1", "Yanis"), ui.AboutChild("p2", "Lina")

func sampleItems() []*ui.Item {
	return []*ui.Item{
		{Title: ui.S("Exercices 12 à 15, page 48"), Detail: ui.S("Mathématiques · Mme Okonkwo"), Link: &ui.Link{Path: "/devoir/1"}, When: ui.At(in(1, 8, 0)), Tone: ui.Warn, Badge: ui.S("À rendre demain"), Icon: ui.IconMaths, About: []*ui.About{yanis}},
		{Title: ui.S("Lire les chapitres 3 et 4 de « Vendredi ou la Vie sauvage »"), Detail: ui.S("Français · M. Lefèvre"), Link: &ui.Link{Path: "/devoir/2"}, When: ui.At(in(3, 0, 0)), Icon: ui.IconBook, About: []*ui.About{lina}},
		{Title: ui.S("Compte rendu d’expérience"), Detail: ui.S("SVT · Mme Girard"), Link: &ui.Link{Path: "/devoir/3"}, When: ui.At(in(-1, 23, 59)), Tone: ui.Bad, Badge: ui.S("En retard"), Icon: ui.IconScience, About: []*ui.About{yanis}},
		{Title: ui.S("Vocabulaire : the weather"), Detail: ui.S("Anglais · Mme Diallo"), Link: &ui.Link{Path: "/devoir/4"}, When: ui.At(in(9, 0, 0)), Tone: ui.Ok, Badge: ui.S("Rendu"), Icon: ui.IconLanguages, About: []*ui.About{lina}},
	}
}

func sampleEntries() []*ui.Entry {
	lesson := func(day, h, m, minutes int, title, place string, tone ui.Tone, who *ui.About) *ui.Entry {
		start := in(day, h, m)
		return &ui.Entry{Id: title, Title: ui.S(title), Start: ui.At(start), End: ui.At(start.Add(time.Duration(minutes) * time.Minute)), Place: place, Tone: tone, Link: &ui.Link{Path: "/cours/1"}, About: []*ui.About{who}}
	}
	all := []*ui.Entry{
		lesson(0, 8, 30, 55, "Mathématiques", "Salle 204", ui.Neutral, yanis),
		lesson(0, 9, 30, 55, "Français", "Salle 112", ui.Neutral, yanis),
		lesson(0, 10, 45, 55, "Anglais", "Salle 210", ui.Warn, lina),
		lesson(0, 14, 0, 110, "Éducation physique et sportive", "Gymnase", ui.Neutral, lina),
		lesson(1, 8, 30, 55, "SVT", "Labo 2", ui.Neutral, yanis),
		lesson(1, 10, 0, 55, "Histoire-géographie", "Salle 101", ui.Neutral, lina),
		lesson(-1, 9, 0, 55, "Technologie", "Atelier", ui.Neutral, yanis),
		lesson(-1, 14, 0, 55, "Musique", "Salle 12", ui.Neutral, lina),
		lesson(2, 13, 30, 55, "Arts plastiques", "Salle 5", ui.Neutral, yanis),
		lesson(3, 8, 30, 55, "Mathématiques", "Salle 204", ui.Info, yanis),
	}
	all[4].Cancelled, all[4].Tone = true, ui.Bad
	return append(all, &ui.Entry{Id: "j", Title: ui.S("Journée portes ouvertes"), Start: ui.At(in(3, 0, 0)), AllDay: true, Tone: ui.Info, Icon: ui.IconSchool})
}
