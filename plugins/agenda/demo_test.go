package main

import (
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/demo"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

func TestDemo(t *testing.T) {
	s := plugintest.NewSchool("9990001X", "Collège des Trois-Rivières")
	var classes []demo.Class
	for _, name := range []string{"6e A", "5e B", "4e C"} {
		id := s.Class(name)
		classes = append(classes, demo.Class{ID: id, Name: name, Pupils: []ids.PersonID{s.Pupil("Léa "+name, id)}})
	}
	parent := s.Parent("Claire Martin", classes[0].Pupils[0])
	groups := []ids.GroupID{classes[0].ID, classes[1].ID, classes[2].ID}
	subjects := []string{"Mathématiques", "Français", "Histoire-géographie", "Anglais", "Sciences de la vie et de la Terre", "Physique-chimie", "Éducation physique et sportive"}
	var teachers []ids.PersonID
	for _, subject := range subjects {
		p := s.Teacher("Prof "+subject, groups...)
		teachers = append(teachers, p)
		for k := range classes {
			classes[k].Teachers = append(classes[k].Teachers, demo.Teacher{Person: p, Subject: subject})
		}
	}
	h := plugintest.Start(t, module(), ".", plugintest.Schools(s), plugintest.Clock(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)))
	for range 2 { // the event may come twice
		if err := h.Deliver(demo.Event, demo.Fill{School: s.ID, Today: "2026-11-21", Classes: classes}); err != nil {
			t.Fatal(err)
		}
	}
	const week = "/?date=2026-11-23"
	for _, class := range classes {
		list := plugintest.All[*ui.Entry](h.As(class.Pupils[0]).Get(week))
		if len(list) < 20 || len(list) > 34 {
			t.Errorf("%s has %d entries in its week", class.Name, len(list))
		}
		for _, e := range list {
			if day := e.Start.AsTime().In(zoneOf(home)).Weekday(); day == time.Saturday || day == time.Sunday {
				t.Errorf("%s has %s on a %s", class.Name, e.Title.Plain, day)
			}
		}
	}
	for _, p := range teachers {
		page := h.As(p).Get(week)
		plugintest.HasNot(t, page, "agenda.clash")
		if n := len(plugintest.All[*ui.Entry](page)); n < 6 {
			t.Errorf("%s has %d entries in the week", p, n)
		}
	}
	pupil := h.As(classes[0].Pupils[0])
	plugintest.Has(t, pupil.Get(week), "Mathématiques", "Sortie au musée des Beaux-Arts", "Réunion parents-professeurs", "Entraînement de handball", "Prof Français")
	cancelled := 0
	for _, e := range plugintest.All[*ui.Entry](pupil.Get(week)) {
		if e.Cancelled {
			cancelled++
		}
	}
	if cancelled != 1 {
		t.Errorf("%d cancelled lessons", cancelled)
	}
	monday, toSign := time.Date(2026, 11, 21, 0, 0, 0, 0, zoneOf(home)), 0
	for _, task := range h.As(parent).Tasks(monday, monday.AddDate(0, 0, 9)) {
		if task.Kind == sdk.ToSign && !task.Check.Done {
			toSign++
		}
	}
	if toSign != 1 {
		t.Errorf("a parent has %d things to sign", toSign)
	}
	if len(plugintest.All[*ui.Entry](pupil.Widget("semaine"))) == 0 {
		t.Error("the week's widget is empty on a Saturday")
	}
}
