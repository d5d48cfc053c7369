package main

import (
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/demo"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

func TestDemo(t *testing.T) {
	s := plugintest.NewSchool("9990001X", "Collège des Trois-Rivières")
	class := s.Class("6e A")
	maths, french := s.Teacher("Anne Durand", class), s.Teacher("Paul Leroy", class)
	var pupils []ids.PersonID
	for _, name := range []string{"Léa", "Tom", "Zoé", "Max", "Ida", "Hugo", "Lina", "Noé", "Inès", "Sami", "Jade", "Paul"} {
		pupils = append(pupils, s.Pupil(name+" Martin", class))
	}
	h := plugintest.Start(t, module(), ".", plugintest.Schools(s), plugintest.Clock(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)))
	fill := demo.Fill{School: s.ID, Today: "2026-11-21", Classes: []demo.Class{{
		ID: class, Name: "6e A", Pupils: pupils,
		Teachers: []demo.Teacher{{Person: maths, Subject: "Mathématiques"}, {Person: french, Subject: "Français"}},
	}}}
	for range 2 { // the event may come twice
		if err := h.Deliver(demo.Event, fill); err != nil {
			t.Fatal(err)
		}
	}
	plugintest.Has(t, h.As(maths).Widget("a-corriger"), "proportionnalité", "devoirs.badge.waiting")
	done, todo, late, marks := 0, 0, 0, 0
	for _, p := range pupils {
		todo += len(h.As(p).Widget("a-rendre").GetChecklist().Items)
		for _, list := range []string{"fait", "passe"} {
			for _, check := range plugintest.All[*ui.Check](h.As(p).Get("/?liste=" + list)) {
				switch check.Badge.GetKey() {
				case "devoirs.status.handed-late":
					late++
				case "devoirs.status.corrected":
					marks++
				}
				if check.Done {
					done++
				}
			}
		}
	}
	from := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	for _, e := range h.As(french).Calendar(from, from.AddDate(0, 2, 0)) {
		if day := e.Start.AsTime().Weekday(); day == time.Saturday || day == time.Sunday {
			t.Errorf("%v is due on a %s", e.Title, day)
		}
	}
	if done < 5 || todo < len(pupils) || late < 1 || marks < 3 {
		t.Errorf("%d done, %d to do, %d late, %d marked", done, todo, late, marks)
	}
	lists := len(plugintest.All[*ui.Item](h.As(french).Get("/"))) + len(plugintest.All[*ui.Item](h.As(french).Get("/?liste=passe")))
	if lists != 2 {
		t.Errorf("the teacher of French has %d, want each sample once", lists)
	}
	if n := len(h.As(maths).Widget("taux").GetChart().Categories); n != 1 {
		t.Errorf("%d classes in the chart", n)
	}
	if len(h.Notices()) > 0 {
		t.Error("made-up homework was told of")
	}
}
