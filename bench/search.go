package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/core/search"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/wire"
)

// asked is how many questions each of them asks.
const asked = 80

// documents is what one very large school has after years.
const documents = 100_000

// subjects and things make titles; a class has some hundreds of each.
var (
	subjects = strings.Fields("mathématiques français histoire géographie anglais allemand espagnol physique chimie biologie musique technologie philosophie latin")
	things   = strings.Fields("exercices contrôle dissertation lecture récit exposé carte vocabulaire problème expérience compte-rendu révision dictée poésie rédaction évaluation leçon")
	fillers  = strings.Fields("chapitre page travail maison élève classe proportionnalité rencontre fleuve volcan cellule énergie conjugaison imparfait théorème fraction angle triangle moteur orchestre citoyenneté révolution empire république lumière atome molécule réaction croissance tableau mesure graphique argument narrateur personnage sonnet")
)

// library offers the documents, written as they are asked for.
type library struct{ list []*wire.Document }

func newLibrary() *library {
	rng := rand.New(rand.NewPCG(1, 2))
	l := &library{list: make([]*wire.Document, documents)}
	for i := range l.list {
		text := make([]string, 40)
		for j := range text {
			text[j] = fillers[rng.IntN(len(fillers))]
			if rng.IntN(4) == 0 { // a long tail of words, as people write
				text[j] += fmt.Sprintf("%c%c%c", 'a'+rng.IntN(26), 'a'+rng.IntN(26), 'a'+rng.IntN(26))
			}
		}
		class := fmt.Sprintf("classe-%d", rng.IntN(60))
		l.list[i] = &wire.Document{Id: fmt.Sprintf("d%06d", i), Path: "/devoir/x",
			Title: things[rng.IntN(len(things))] + " de " + subjects[rng.IntN(len(subjects))] + " " + fillers[rng.IntN(len(fillers))],
			Text:  strings.Join(text, " "), When: timestamppb.New(time.Unix(1_700_000_000+int64(i)*600, 0)),
			Audience: []*wire.Audience{{People: []string{fmt.Sprintf("prof-%d", rng.IntN(80))}}, {Groups: []string{class}, Profiles: []string{"eleve"}},
				{Groups: []string{class}, Guardians: true}, {Permissions: []string{"devoirs.overview"}}}}
	}
	return l
}

func (l *library) Of(context.Context, ids.SchoolID) ([]search.Source, error) {
	return []search.Source{{Name: "devoirs", Version: "1"}}, nil
}

func (l *library) Documents(_ context.Context, _ ids.SchoolID, _ string, _ []string, cursor string, limit int) ([]*wire.Document, string, error) {
	from := 0
	fmt.Sscan(cursor, &from) // empty: the first page
	to := min(from+limit, len(l.list))
	if to == len(l.list) {
		return l.list[from:to], "", nil
	}
	return l.list[from:to], fmt.Sprint(to), nil
}

func (l *library) Gate(ids.SchoolID, string, *wire.Document) (ids.Permission, bool) {
	return "devoirs.read", true
}

func (l *library) Say(string, *wire.Text) []string { return []string{"Devoir"} }

// scan is what search would be without an index: every document is looked at.
// It forgives neither accents nor slips.
func (l *library) scan(v *wire.Viewer, words []string) (n int) {
	now := time.Now()
	for _, d := range l.list {
		all := d.Admits(v, now)
		for _, w := range words {
			all = all && (strings.Contains(strings.ToLower(d.Title), w) || strings.Contains(strings.ToLower(d.Text), w))
		}
		if all {
			n++
		}
	}
	return n
}

// finding measures a question of two words among 100,000 documents, asked by a
// head, who may see all of them, a teacher and a pupil.
func finding(t *table, dir string) {
	ctx := context.Background()
	engine, err := bolt.Open(filepath.Join(dir, "search-core"))
	check(err)
	defer engine.Close()
	l := newLibrary()
	s := search.New(search.Config{Folder: filepath.Join(dir, "search"), Engine: engine, Sources: l})
	defer s.Close()
	start := time.Now()
	check(s.Rebuild(ctx, uai, nil))
	t.told("search: index of 100,000 documents made anew", time.Since(start).Seconds(), " s")
	open := map[string][]ids.Permission{"devoirs": {"devoirs.read", "devoirs.overview"}}
	head := &wire.Viewer{Person: "head", Profile: "direction", Permissions: []string{"devoirs.read", "devoirs.overview"}}
	pupil := &wire.Viewer{Person: "lea", Profile: "eleve", Groups: []*wire.Group{{Id: "classe-7"}}}
	teacher := &wire.Viewer{Person: "prof-3", Profile: "enseignant"}
	for i := range 10 {
		teacher.Groups = append(teacher.Groups, &wire.Group{Id: fmt.Sprintf("classe-%d", i)})
	}
	questions := []string{"récit latin", "controle mathematiques", "exercises fractions", "disertation philosophie", "carte fleuve", "poésie sonet", "lecture chapitre", "expérience molecules"}
	asks := func(v *wire.Viewer, open map[string][]ids.Permission) []float64 {
		var all []float64
		for i := range asked {
			before := time.Now()
			_, err := s.Find(ctx, search.Ask{School: uai, Viewer: v, Open: open, Words: questions[i%len(questions)]})
			check(err)
			all = append(all, micros(time.Since(before))/1000)
		}
		return all
	}
	asks(pupil, open) // warm
	fmt.Fprintln(os.Stderr, "bench: the index is there")
	for _, who := range []struct {
		name string
		v    *wire.Viewer
		open map[string][]ids.Permission
	}{{"a head", head, open}, {"a teacher", teacher, map[string][]ids.Permission{"devoirs": {"devoirs.read"}}}, {"a pupil", pupil, map[string][]ids.Permission{"devoirs": {"devoirs.read"}}}} {
		var scans []float64
		for i := range 10 {
			before := time.Now()
			l.scan(who.v, strings.Fields(questions[i%len(questions)]))
			scans = append(scans, micros(time.Since(before))/1000)
		}
		took := asks(who.v, who.open)
		t.told("search by "+who.name+": plain scan, p50", quantile(scans, 0.5), " ms")
		t.most("search by "+who.name+": p50", quantile(took, 0.5), " ms", 50)
		t.most("search by "+who.name+": p95", quantile(took, 0.95), " ms", 50)
	}
}
