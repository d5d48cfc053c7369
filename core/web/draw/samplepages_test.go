package draw

import (
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// sampleKinds returns one node of every kind.
func sampleKinds() map[string]*ui.Node {
	long := "# Consigne\n\nRédigez un **compte rendu** d'une page sur l'expérience de *lundi*.\n\n- le matériel\n- le protocole\n- \"ce que vous en concluez\"\n\n> Pensez au schéma.\n\n| Critère | Points |\n|---|---|\n| Schéma | 5 |\n\nVoir https://exemple.fr/fiche."
	people := []*ui.PersonCard{
		{Person: "a", Name: "Camille Martin", Detail: ui.S("5e B"), Link: &ui.Link{Path: "/eleve/a"}, Badge: ui.S("Rendu"), Tone: ui.Ok},
		{Person: "b", Name: "Jean-Baptiste d’Aubigné", Detail: ui.S("5e B"), Badge: ui.S("Pas encore vu"), Actions: []*ui.Action{ui.Button("/rappel", "", "eleve", "b")}},
	}
	people[1].Actions[0].Label = ui.S("Rappeler")
	files := []*ui.File{
		{Name: "photo-experience.jpg", Size: 2_340_000, Mime: "image/jpeg", Link: &ui.Link{Path: "/fichier/1"}, When: ui.At(in(-1, 18, 12)), By: "Yanis Benali"},
		{Name: "compte-rendu.pdf", Size: 184_000, Mime: "application/pdf", Link: &ui.Link{Path: "/fichier/2"}},
	}
	reply := ui.NewForm("/repondre", "", &ui.Field{Name: "m", Label: ui.S("Votre réponse"), Input: &wire.Field_LongText{LongText: &wire.LongText{Markdown: true}}})
	reply.Submit = ui.S("Répondre")
	days := []*ui.Words{ui.S("lundi"), ui.S("mardi"), ui.S("mercredi"), ui.S("jeudi"), ui.S("vendredi")}
	return map[string]*ui.Node{
		"paragraph": ui.TextOf(ui.S("Voici tout ce que vos enfants ont à faire cette semaine.")),
		"list":      {Title: ui.S("Devoirs à venir"), Link: &ui.Link{Path: "/tous", Label: ui.S("Tous les devoirs")}, Kind: ui.List(sampleItems()...).Kind},
		"agenda":    {Title: ui.S("Aujourd’hui et demain"), Kind: ui.AgendaByDay(sampleEntries()[:6]...).Kind},
		"indicator": {Title: ui.S("Taux de rendu"), Kind: &wire.Node_Indicator{Indicator: &wire.Indicator{Label: ui.S("devoirs rendus à temps"), Value: ui.S("87 %"), Trend: ui.S("3 points de plus qu’en octobre"), Tone: ui.Ok}}},
		"banner":    ui.BannerOf(ui.Warn, ui.S("Le collège sera fermé vendredi après-midi pour la réunion parents-professeurs."), &ui.Link{Path: "/info", Label: ui.S("Prendre rendez-vous")}),
		"checklist": {Title: ui.S("Ma semaine"), Kind: ui.Checklist(
			&ui.Check{Title: ui.S("Exercices 12 à 15"), Detail: ui.S("Mathématiques"), Toggle: ui.Button("/fait", "", "id", "1"), When: ui.At(in(1, 8, 0)), Badge: ui.S("Demain"), Tone: ui.Warn, Link: &ui.Link{Path: "/devoir/1"}},
			&ui.Check{Title: ui.S("Apprendre la leçon 4"), Detail: ui.S("Histoire"), Done: true, Toggle: ui.Button("/fait", "", "id", "2")},
			&ui.Check{Title: ui.S("Apporter une blouse"), Done: false, About: []*ui.About{lina}},
		).Kind},
		"links":      {Title: ui.S("Accès rapides"), Kind: ui.LinksOf(&ui.Link{Path: "/a", Label: ui.S("Cantine"), Icon: ui.IconMeal}, &ui.Link{Path: "/b", Label: ui.S("Absence à signaler"), Icon: ui.IconFlag}, &ui.Link{Path: "/c", Label: ui.S("Écrire à un professeur"), Icon: ui.IconMail}).Kind},
		"chart":      {Title: ui.S("Devoirs par matière"), Kind: ui.BarChart(ui.S("Les mathématiques demandent le plus de devoirs : 12 ce mois-ci."), []*ui.Words{ui.S("Mathématiques"), ui.S("Français"), ui.S("Sciences de la vie et de la Terre")}, &ui.Series{Label: ui.S("Donnés"), Values: []float64{12, 9, 4}}, &ui.Series{Label: ui.S("Rendus"), Values: []float64{10, 9, 2}}).Kind},
		"chart-line": {Title: ui.S("Temps de travail"), Kind: &wire.Node_Chart{Chart: &wire.Chart{Kind: wire.ChartKind_CHART_KIND_LINE, Categories: days, Unit: "min", Summary: ui.S("Le temps de travail va de 20 à 65 minutes par soir."), Series: []*ui.Series{{Label: ui.S("Yanis"), Values: []float64{45, 20, 65, 40, 30}}, {Label: ui.S("Lina"), Values: []float64{30, 35, 20, 50, 25}}}}}},
		"markdown":   ui.Markdown(long),
		"table":      {Title: ui.S("Résultats"), Kind: &wire.Node_Table{Table: &wire.Table{Caption: ui.S("Notes du trimestre"), Columns: []*ui.Column{{Label: ui.S("Devoir")}, {Label: ui.S("Date")}, {Label: ui.S("Note"), Number: true}}, Rows: []*ui.Row{ui.RowOf(ui.CellTo(ui.S("Contrôle n° 3"), "/n/3"), ui.CellS("12 novembre"), ui.CellS("15,5")), ui.RowOf(ui.CellS("Oral"), ui.CellS("18 novembre"), &ui.Cell{Text: ui.S("8"), Tone: ui.Warn})}}}},
		"table-wide": {Kind: &wire.Node_Table{Table: &wire.Table{Caption: ui.S("Retards de la semaine"), Columns: []*ui.Column{{Label: ui.S("Élève")}, {Label: ui.S("Classe")}, {Label: ui.S("Jour")}, {Label: ui.S("Heure")}, {Label: ui.S("Minutes"), Number: true}}, Rows: []*ui.Row{ui.RowOf(ui.CellTo(ui.S("Camille Martin"), "/e/1"), ui.CellS("5e B"), ui.CellS("lundi"), ui.CellS("8 h 30"), ui.CellS("12"))}}}},
		"action":     ui.Act(&ui.Action{Path: "/x", Label: ui.S("Marquer comme vu"), Primary: true, Icon: ui.IconCheck}),
		"danger":     ui.Act(&ui.Action{Path: "/y", Label: ui.S("Retirer mon travail"), Confirm: ui.S("Votre enseignant ne pourra plus le lire. Retirer ?"), Tone: ui.Bad, Icon: ui.IconDelete}),
		"progress":   {Kind: &wire.Node_Progress{Progress: &wire.Progress{Label: ui.S("Copies corrigées"), Value: 18, Max: 27}}},
		"section":    {Title: ui.S("Détails"), Kind: &wire.Node_Section{Section: &wire.Section{Folded: true, Intro: ui.S("Pour aller plus loin."), Nodes: []*ui.Node{ui.TextOf(ui.S("Texte."))}}}},
		"tabs":       ui.Tabs(&ui.Tab{Link: &ui.Link{Path: "/r", Label: ui.S("Rendus")}, Current: true, Count: 18, Nodes: []*ui.Node{ui.People(people...)}}, &ui.Tab{Link: &ui.Link{Path: "/m", Label: ui.S("Manquants")}, Count: 9}, &ui.Tab{Link: &ui.Link{Path: "/c", Label: ui.S("Consigne")}}),
		"form":       ui.FormOf(sampleForm()),
		"calendar":   ui.CalendarOf(ui.Week, now, "/agenda?classe=5b", sampleEntries()...),
		"month":      ui.CalendarOf(ui.Month, now, "/agenda", sampleEntries()...),
		"day":        ui.CalendarOf(ui.Day, now, "/agenda", sampleEntries()...),
		"people":     ui.People(people...),
		"files":      {Title: ui.S("Pièces jointes"), Kind: ui.FilesOf(files...).Kind},
		"thread": ui.Thread(reply,
			&ui.Post{Id: "m1", Author: "Mme Okonkwo", When: ui.At(in(-1, 17, 5)), Body: "Très bon départ. Il manque **l'unité** à la question 3.", Badge: ui.S("Enseignante")},
			&ui.Post{Id: "m2", Author: "Yanis Benali", When: ui.At(in(0, 8, 2)), Body: "Merci, c'est corrigé !", Mine: true, Files: files[:1]},
			&ui.Post{Id: "m3", Author: "Anonyme", When: ui.At(in(0, 8, 20)), Body: "…", Hidden: true}),
		"timeline": ui.Timeline(
			&ui.Event{When: ui.At(in(-5, 10, 0)), Title: ui.S("Devoir donné"), Icon: ui.IconHomework},
			&ui.Event{When: ui.At(in(-2, 18, 30)), Title: ui.S("Travail rendu"), Tone: ui.Ok, Detail: ui.S("2 fichiers")},
			&ui.Event{When: ui.At(in(0, 9, 0)), Title: ui.S("Correction"), Icon: ui.IconMark, Body: "Bien *structuré*."}),
		"toolbar": {Kind: &wire.Node_Toolbar{Toolbar: &wire.Toolbar{Primary: &ui.Link{Path: "/nouveau", Label: ui.S("Donner un devoir"), Icon: ui.IconAdd}, Links: []*ui.Link{{Path: "/modeles", Label: ui.S("Modèles")}}, Actions: []*ui.Action{{Path: "/zip", Label: ui.S("Tout télécharger"), Icon: ui.IconDownload}}}}},
		"facts":   ui.Facts(&ui.Fact{Label: ui.S("Pour le"), Value: ui.S("mercredi 25 novembre, 14 h 30")}, &ui.Fact{Label: ui.S("Classe"), Value: ui.S("5e B")}, &ui.Fact{Label: ui.S("État"), Value: ui.S("En retard"), Tone: ui.Bad}, &ui.Fact{Label: ui.S("Enfant"), Value: ui.S("5e B"), About: []*ui.About{yanis}}),
		"filters": ui.Filters(ui.Filter("", ui.Here(&ui.Link{Path: "/?e=tous", Label: ui.S("Tous")}), &ui.Link{Path: "/?e=arendre", Label: ui.S("À rendre")}, &ui.Link{Path: "/?e=faits", Label: ui.S("Faits")})),
		"empty":   {Title: ui.S("À corriger"), Empty: &wire.Empty{Text: ui.S("Rien à corriger pour le moment."), Link: &ui.Link{Path: "/nouveau", Label: ui.S("Donner un devoir")}}, Kind: ui.List().Kind},
		"unknown": {Title: ui.S("D’une version plus récente"), Link: &ui.Link{Path: "/suite", Label: ui.S("Ouvrir la page")}},
	}
}

// sampleForm has every kind of field, one of them wrong.
func sampleForm() *ui.Form {
	f := func(name, label, help string, input *ui.Field) *ui.Field {
		input.Name, input.Label = name, ui.S(label)
		if help != "" {
			input.Help = ui.S(help)
		}
		return input
	}
	var pupils []*ui.Option
	for _, n := range []string{"Abel Caron", "Aya Traoré", "Camille Martin", "Élise Noël", "Farid Haddad", "Inès Roux", "Jade Petit", "Léo Bernard", "Mila Fontaine"} {
		pupils = append(pupils, &ui.Option{Value: n, Label: ui.S(n), Group: ui.S("5e B")})
	}
	pupils[2].Selected, pupils[3].Detail = true, ui.S("a un aménagement")
	title := f("titre", "Titre", "", &ui.Field{Required: true, Error: ui.S("Donnez un titre."), Input: &wire.Field_Text{Text: &wire.TextInput{Max: 120}}})
	return &ui.Form{
		Path: "/creer", Submit: ui.S("Publier"), Values: map[string]string{"modele": "m1"},
		Others: []*ui.Submit{{Name: "geste", Value: "brouillon", Label: ui.S("Garder en brouillon")}},
		Cancel: &ui.Link{Path: "/", Label: ui.S("Annuler")},
		Fields: []*ui.Field{
			title,
			f("consigne", "Consigne", "", &ui.Field{Input: &wire.Field_LongText{LongText: &wire.LongText{Markdown: true, Value: "\nLisez **tout**.", Rows: 6}}}),
			f("pour", "Pour le", "L’heure est celle de l’établissement.", &ui.Field{Required: true, Input: &wire.Field_Date{Date: &wire.DateInput{Value: "2026-11-27"}}}),
			f("matiere", "Matière", "", &ui.Field{Input: &wire.Field_Choice{Choice: &wire.Choice{Options: []*ui.Option{{Value: "m", Label: ui.S("Mathématiques"), Group: ui.S("Sciences")}, {Value: "f", Label: ui.S("Français"), Group: ui.S("Lettres"), Selected: true}}}}}),
			f("rendu", "Comment rendre ?", "", &ui.Field{Required: true, Input: &wire.Field_Choice{Choice: &wire.Choice{Expanded: true, Options: []*ui.Option{{Value: "oui", Label: ui.S("En ligne"), Detail: ui.S("texte, photo ou fichier"), Selected: true}, {Value: "non", Label: ui.S("En classe")}}}}}),
			f("eleves", "Élèves", "Sans choix, toute la classe.", &ui.Field{Input: &wire.Field_Picker{Picker: &wire.Picker{Multiple: true, Options: pupils}}}),
			f("fichier", "Document", "", &ui.Field{Input: &wire.Field_File{File: &wire.FileInput{Multiple: true, Photo: true, MaxBytes: 50_000_000}}}),
			f("bareme", "Barème", "", &ui.Field{Input: &wire.Field_Number{Number: &wire.NumberInput{Value: "20", Min: 1, Max: 100, Step: 0.5, Unit: "points"}}}),
			f("rappel", "Prévenir les parents", "", &ui.Field{Input: &wire.Field_Check{Check: &wire.CheckBox{Checked: true}}}),
		},
	}
}

func sampleHome(editing bool) *HomePage {
	k := sampleKinds()
	sizes := ui.Sizes()
	w := func(module, id, name, icon string, size ui.Size, n *ui.Node) *Widget {
		return &Widget{Instance: module + "-" + id, Module: "devoirs", ID: id, Name: name, Icon: icon, Size: size, State: OK, Node: n, Sizes: sizes}
	}
	broken := w("cantine", "menu", "Menu de la cantine", ui.IconMeal, ui.Medium, ui.TextOf(ui.S("Lentilles, salade, compote.")))
	broken.State, broken.At = Broken, in(0, 8, 5)
	late := w("actus", "une", "Actualités", ui.IconNews, ui.Medium, nil)
	late.State = Late
	locked := w("notes", "moyenne", "Résultats", ui.IconMark, ui.Small, nil)
	locked.State = Locked
	fixed := w("info", "banniere", "À savoir", ui.IconMegaphone, ui.Full, k["banner"])
	fixed.Fixed, fixed.Pinned = true, true
	empty := w("corriger", "copies", "À corriger", ui.IconChecklist, ui.Small, k["empty"])
	empty.State = Empty
	kept := w("agenda", "aujourdhui", "Aujourd’hui", ui.IconCalendarDays, ui.Medium, ui.Agenda(sampleEntries()[:4]...))
	kept.Pinned = true
	h := &HomePage{
		Greeting: "Bonjour Nadia", Expert: true, Mine: true, EditHref: EditHome,
		Widgets: []*Widget{fixed,
			kept,
			w("devoirs", "a-rendre", "À rendre", ui.IconHomework, ui.Medium, ui.List(sampleItems()...)),
			w("devoirs", "semaine", "Ma semaine", ui.IconChecklist, ui.Large, k["checklist"]),
			w("devoirs", "taux", "Taux de rendu", ui.IconTrend, ui.Small, k["indicator"]),
			w("raccourcis", "liens", "Accès rapides", ui.IconGrid, ui.Medium, k["links"]),
			broken, late, locked, empty,
			w("devoirs", "graphe", "Devoirs par matière", ui.IconChart, ui.Medium, k["chart"]),
		},
	}
	if editing {
		h.EditHref, h.Edit = "", &Arranging{Action: Arrange, Carry: Carried{"page", ""}, Done: "/", DoneLabel: "Terminer", Catalogue: HomeCatalogue,
			Block: HomeBlock + "?instance=", Changed: true, Reset: "Revenir à la présentation de l’établissement",
			Sheets: &Sheets{Name: "Ma classe", Ideas: []string{"Pilotage"}}}
	}
	return h
}

// sampleCatalogue offers a widget that is there, a late one and an example.
func sampleCatalogue() *CataloguePage {
	k := sampleKinds()
	offer := func(id, name string, state State, n *ui.Node) Offered {
		return Offered{Kind: "devoirs." + id, Summary: "Ce que ce bloc montre, en une phrase.", Several: true,
			Widget: &Widget{Instance: "devoirs." + id, Module: "devoirs", ID: id, Name: name, Icon: ui.IconHomework, State: state, Node: n}}
	}
	here := offer("a-rendre", "À rendre", OK, ui.List(sampleItems()...))
	here.Here = 1
	return &CataloguePage{Title: "Ajouter un bloc", Lead: "Les blocs que vous pouvez placer.", Crumbs: []*ui.Link{{Path: EditHome, Label: ui.S("Organiser ma page")}},
		Action: Arrange, Carry: Carried{"page", "ma-classe"}, Late: Glimpse,
		Groups: []OfferedGroup{{"devoirs", "Devoirs", []Offered{here, offer("retard", "En retard", Late, nil), offer("exemple", "Un exemple", Sample, k["checklist"])}}}}
}

var sampleFailure = &FailurePage{Kind: errors.NotFound, ID: "01JD3X", Back: "/m/devoirs/"}
