package mail

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// drawn is a letter of a tree of the module "devoirs", in both ways.
func drawn(t *testing.T, nodes ...*ui.Node) (page, plain string) {
	t.Helper()
	words, err := locale.New(draw.Locales)
	if err != nil {
		t.Fatal(err)
	}
	l := &Letter{Subject: "x", Page: ui.PageOf(ui.S("x"), nodes...), Module: "devoirs", Say: words.Speaker("fr", time.UTC, tuesday),
		Address: func(path string) string { return "https://ent.example.fr" + draw.Shared("0750655E", path) }, Open: "https://ent.example.fr/ici"}
	if page, err = l.html(); err != nil {
		t.Fatal(err)
	}
	return page, strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(l.text())
}

var tuesday = time.Date(2026, 11, 24, 9, 40, 0, 0, time.UTC)

// kinds has one node of every kind, and what a letter must say of it. A string
// that begins with "=" is the path of a link inside the module.
var kinds = map[protoreflect.Name]struct {
	node *ui.Node
	says []string
}{
	"list": {ui.List(&ui.Item{Title: ui.S("Exercices 12 à 15"), Detail: ui.S("Mathématiques"), Badge: ui.S("Demain"), When: ui.At(tuesday), About: []*ui.About{ui.AboutChild("lea", "Léa")}, Link: ui.To("/devoir/1", "")}),
		[]string{"Exercices 12 à 15", "Léa · Demain · Mathématiques · mardi 24 novembre, 9 h 40", "=/devoir/1"}},
	"agenda": {ui.Agenda(&ui.Entry{Title: ui.S("Conseil"), Start: ui.At(tuesday.Add(48 * time.Hour)), AllDay: true},
		&ui.Entry{Title: ui.S("Français"), Start: ui.At(tuesday), End: ui.At(tuesday.Add(55 * time.Minute)), Place: "Salle 12", Cancelled: true, Link: ui.To("/cours/1", "")}),
		[]string{"Français", "Annulé · mardi 24 novembre, 9 h 40 – 10 h 35 · Salle 12", "Conseil", "jeudi 26 novembre", "=/cours/1"}},
	"indicator": {&ui.Node{Kind: &wire.Node_Indicator{Indicator: &wire.Indicator{Label: ui.S("rendus à temps"), Value: ui.S("87 %"), Trend: ui.S("3 points de plus")}}},
		[]string{"rendus à temps", "87 %", "3 points de plus"}},
	"banner": {ui.BannerOf(ui.Warn, ui.S("Le collège ferme vendredi."), ui.To("/info", "")), []string{"Attention : Le collège ferme vendredi.", "=/info"}},
	"checklist": {ui.Checklist(&ui.Check{Title: ui.S("Leçon 4"), Done: true}, &ui.Check{Title: ui.S("Blouse"), Link: ui.To("/b", ""), About: []*ui.About{ui.AboutChild("tom", "Tom")}}),
		[]string{"Leçon 4", "Fait", "Blouse", "À faire · Tom", "=/b"}},
	"links": {ui.LinksOf(&ui.Link{Path: "/a", Label: ui.S("Cantine")}), []string{"Cantine", "=/a"}},
	"chart": {ui.BarChart(ui.S("Les mathématiques demandent le plus."), []*ui.Words{ui.S("Mathématiques")}, &ui.Series{Label: ui.S("Donnés"), Values: []float64{12.5}}, &ui.Series{Label: ui.S("Rendus")}),
		[]string{"Les mathématiques demandent le plus.", "Mathématiques", "Donnés", "12,5", "Rendus", "–"}},
	"markdown": {ui.Markdown("Un **compte rendu**\n\n[la fiche](/m/devoirs/fiche)"), []string{"compte rendu", "la fiche"}},
	"table": {&ui.Node{Kind: &wire.Node_Table{Table: &wire.Table{Caption: ui.S("Notes du trimestre"), Columns: []*ui.Column{{Label: ui.S("Devoir")}, {Label: ui.S("Note"), Number: true}},
		Rows: []*ui.Row{ui.RowOf(ui.CellTo(ui.S("Contrôle n° 3"), "/n/3"), ui.CellS("15,5"))}}}},
		[]string{"Notes du trimestre", "Devoir", "Contrôle n° 3", "Note", "15,5", "=/n/3"}},
	"action":   {ui.Act(&ui.Action{Path: "/x", Label: ui.S("Marquer comme vu")}), []string{"Marquer comme vu", "https://ent.example.fr/ici"}},
	"progress": {&ui.Node{Kind: &wire.Node_Progress{Progress: &wire.Progress{Label: ui.S("Copies corrigées"), Value: 18, Max: 27}}}, []string{"Copies corrigées", "18 sur 27"}},
	"section": {&ui.Node{Title: ui.S("Détails"), Kind: &wire.Node_Section{Section: &wire.Section{Intro: ui.S("Pour aller plus loin."), Nodes: []*ui.Node{ui.TextOf(ui.S("Dedans."))}}}},
		[]string{"Détails", "Pour aller plus loin.", "Dedans."}},
	"tabs": {ui.Tabs(&ui.Tab{Link: &ui.Link{Path: "/r", Label: ui.S("Rendus")}, Current: true, Nodes: []*ui.Node{ui.TextOf(ui.S("Dix-huit."))}}, &ui.Tab{Link: &ui.Link{Path: "/m", Label: ui.S("Manquants")}}),
		[]string{"Rendus", "Dix-huit.", "Manquants", "=/m"}},
	"form": {ui.FormOf(&ui.Form{Path: "/creer", Submit: ui.S("Signer"), Error: ui.S("Il manque la date.")}), []string{"Signer", "Il manque la date.", "https://ent.example.fr/ici"}},
	"calendar": {ui.CalendarOf(ui.Week, tuesday, "/agenda?classe=5b", &ui.Entry{Title: ui.S("SVT"), Start: ui.At(tuesday)}),
		[]string{"SVT", "mardi 24 novembre, 9 h 40", "=/agenda?classe=5b"}},
	"people": {ui.People(&ui.PersonCard{Person: "a", Name: "Camille Martin", Detail: ui.S("5e B"), Badge: ui.S("Rendu"), Link: ui.To("/eleve/a", "")}), []string{"Camille Martin", "5e B · Rendu", "=/eleve/a"}},
	"files":  {ui.FilesOf(&ui.File{Name: "photo.jpg", Size: 2_340_000, By: "Yanis", Link: ui.To("/fichier/1", "")}), []string{"photo.jpg", "2,3 Mo", "Yanis", "=/fichier/1"}},
	"thread": {ui.Thread(&ui.Form{Path: "/repondre", Submit: ui.S("Répondre")},
		&ui.Post{Author: "Mme Okonkwo", When: ui.At(tuesday), Body: "Il manque **l’unité**.", Badge: ui.S("Enseignante"), Files: []*ui.File{{Name: "fiche.pdf"}}}, &ui.Post{Author: "Anonyme", Body: "injure", Hidden: true}),
		[]string{"Mme Okonkwo", "Enseignante · mardi 24 novembre, 9 h 40", "l’unité", "fiche.pdf", "Masqué par la modération", "Répondre", "https://ent.example.fr/ici"}},
	"timeline":  {ui.Timeline(&ui.Event{When: ui.At(tuesday), Title: ui.S("Correction"), Detail: ui.S("2 fichiers"), Body: "Bien *structuré*.", Link: ui.To("/c", "")}), []string{"Correction", "mardi 24 novembre, 9 h 40 · 2 fichiers", "structuré", "=/c"}},
	"paragraph": {ui.TextOf(ui.S("Voici la semaine.")), []string{"Voici la semaine."}},
	"toolbar": {&ui.Node{Kind: &wire.Node_Toolbar{Toolbar: &wire.Toolbar{Primary: &ui.Link{Path: "/nouveau", Label: ui.S("Donner un devoir")}, Actions: []*ui.Action{{Path: "/zip", Label: ui.S("Tout télécharger")}}}}},
		[]string{"Donner un devoir", "=/nouveau", "Tout télécharger", "https://ent.example.fr/ici"}},
	"facts":   {ui.Facts(&ui.Fact{Label: ui.S("Pour le"), Value: ui.S("25 novembre"), About: []*ui.About{ui.AboutChild("lea", "Léa")}, Link: ui.To("/f", "")}), []string{"Pour le", "25 novembre", "Léa", "=/f"}},
	"filters": {ui.Filters(ui.Filter("", &ui.Link{Path: "/?e=arendre", Label: ui.S("À rendre")})), []string{"À rendre", "=/?e=arendre"}},
}

// TestEveryKind: whatever a module may say, a letter says too, in HTML and in
// plain text, with addresses that lead there from anywhere. A kind that is added
// to the contract without a drawing fails here.
func TestEveryKind(t *testing.T) {
	all := (&wire.Node{}).ProtoReflect().Descriptor().Oneofs().ByName("kind").Fields()
	for i := range all.Len() {
		name := all.Get(i).Name()
		t.Run(string(name), func(t *testing.T) {
			k, ok := kinds[name]
			if !ok {
				t.Fatal("no letter was ever drawn of it")
			}
			if k.node.ProtoReflect().WhichOneof(all.Get(i).ContainingOneof()).Name() != name {
				t.Fatal("the node is of another kind")
			}
			page, plain := drawn(t, k.node)
			said := spoken(t, page)
			for _, s := range k.says {
				if path, ok := strings.CutPrefix(s, "="); ok {
					s = "https://ent.example.fr/e/0750655E/m/devoirs" + path
				}
				if !strings.Contains(said, s) {
					t.Errorf("HTML lacks %q:\n%s", s, page)
				}
				if !strings.Contains(plain, s) && !strings.Contains(plain, strings.ToUpper(s)) {
					t.Errorf("text lacks %q:\n%s", s, plain)
				}
			}
			if strings.Contains(page+plain, "⟦") || strings.Contains(said, "injure") || strings.Contains(plain, "injure") {
				t.Errorf("%s\n%s", page, plain)
			}
		})
	}
}

// spoken is the text of a page, with where its links lead.
func spoken(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && n.Data == "a":
			for _, a := range n.Attr {
				if a.Key == "href" {
					b.WriteString(" " + a.Val + " ")
				}
			}
		}
	}
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(b.String())
}

// TestDaysOfAnEntry: the days of what lasts whole days are said as people count
// them: it ends as the day after its last begins.
func TestDaysOfAnEntry(t *testing.T) {
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	for name, x := range map[string]struct {
		end  time.Time
		want string
	}{
		"no end":            {time.Time{}, "mardi 24 novembre"},
		"one day":           {day.AddDate(0, 0, 1), "mardi 24 novembre"},
		"three days":        {day.AddDate(0, 0, 3), "mardi 24 novembre – jeudi 26 novembre"},
		"to the next month": {day.AddDate(0, 0, 7), "mardi 24 novembre – lundi 30 novembre"},
		"a day and a half":  {day.Add(36 * time.Hour), "mardi 24 novembre – mercredi 25 novembre"},
		"no time at all":    {day, "mardi 24 novembre"},
	} {
		e := &ui.Entry{Title: ui.S("Voyage"), Start: ui.At(day), AllDay: true, Place: "Lille"}
		if !x.end.IsZero() {
			e.End = ui.At(x.end)
		}
		if _, plain := drawn(t, ui.Agenda(e)); !strings.Contains(plain, x.want+" · Lille") {
			t.Errorf("%s: want %q in\n%s", name, x.want, plain)
		}
	}
}

// TestAroundTheKinds: the title of a node, the way to the whole, why it is empty
// and what the next step is; of a kind from tomorrow, title and way.
func TestAroundTheKinds(t *testing.T) {
	full := ui.List(&ui.Item{Title: ui.S("un")})
	full.Title, full.Link, full.Empty = ui.S("À venir"), &ui.Link{Path: "/tous", Label: ui.S("Tous les devoirs")}, &wire.Empty{Text: ui.S("Rien.")}
	empty := ui.List()
	empty.Title, empty.Empty = ui.S("À corriger"), &wire.Empty{Text: ui.S("Rien à corriger."), Link: &ui.Link{Path: "/nouveau", Label: ui.S("Donner un devoir")}}
	for name, x := range map[string]struct {
		node        *ui.Node
		says, hides []string
	}{
		"full":     {full, []string{"À VENIR", "Tous les devoirs", "/e/0750655E/m/devoirs/tous"}, []string{"Rien."}},
		"empty":    {empty, []string{"À CORRIGER", "Rien à corriger.", "Donner un devoir", "/m/devoirs/nouveau"}, nil},
		"tomorrow": {&ui.Node{Title: ui.S("D’une autre version"), Link: &ui.Link{Path: "/suite"}}, []string{"D’UNE AUTRE VERSION", "Ouvrir", "/m/devoirs/suite"}, []string{"/ici"}},
		"no way":   {&ui.Node{Title: ui.S("D’une autre version")}, []string{"D’UNE AUTRE VERSION", "Ouvrir", "https://ent.example.fr/ici"}, nil},
	} {
		_, plain := drawn(t, x.node)
		for _, s := range x.says {
			if !strings.Contains(plain, s) {
				t.Errorf("%s lacks %q:\n%s", name, s, plain)
			}
		}
		for _, s := range x.hides {
			if strings.Contains(plain, s) {
				t.Errorf("%s says %q:\n%s", name, s, plain)
			}
		}
	}
}

// TestProseIsSafeAndLeadsThere: what people write keeps its form, loses what could
// harm, and its links work from a mail or are none.
func TestProseIsSafeAndLeadsThere(t *testing.T) {
	page, _ := drawn(t, ui.Markdown("# Titre\n\n[ici](/m/agenda/?vue=jour&date=2026-11-24) [ailleurs](https://exemple.fr/a) [rien](fiche#b) [piège](//exemple.fr) <script>alert(1)</script> ![suivi](https://exemple.fr/x.png)"))
	for _, s := range []string{"Titre</h", `href="https://ent.example.fr/e/0750655E/m/agenda/?vue=jour&amp;date=2026-11-24"`, `href="https://exemple.fr/a"`, "rien", "piège"} {
		if !strings.Contains(page, s) {
			t.Errorf("lacks %q:\n%s", s, page)
		}
	}
	for _, s := range []string{"<script", "<img", `href="fiche`, `href="//`, `href=""`} {
		if strings.Contains(page, s) {
			t.Errorf("has %q:\n%s", s, page)
		}
	}
}

// TestTableIsReadByEar: heads of columns and of rows are heads.
func TestTableIsReadByEar(t *testing.T) {
	page, plain := drawn(t, kinds["table"].node, kinds["facts"].node)
	for _, s := range []string{"<caption", `<th scope="col"`, `<th scope="row"`, "text-align:right"} {
		if !strings.Contains(page, s) {
			t.Errorf("lacks %s:\n%s", s, page)
		}
	}
	if want := "- Devoir : Contrôle n° 3\n  https://ent.example.fr/e/0750655E/m/devoirs/n/3\n  Note : 15,5\n"; !strings.Contains(plain, want) {
		t.Errorf("plain:\n%s", plain)
	}
	if want := "- Pour le : 25 novembre · Léa\n"; !strings.Contains(plain, want) {
		t.Errorf("plain:\n%s", plain)
	}
}
