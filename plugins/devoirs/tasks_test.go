package main

import (
	"fmt"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
)

// week lists somebody's tasks of the week of 14 September: kind, title, x when
// done, and the child it is about.
func (c *cast) week(who ids.PersonID) (out []string) {
	monday := time.Date(2026, 9, 14, 0, 0, 0, 0, c.Now().Location())
	for _, task := range c.As(who).Tasks(monday, monday.AddDate(0, 0, 7)) {
		title := task.Check.Title.Plain
		if title == "" {
			title = task.Check.Title.Key
		}
		line := task.Kind + " " + title
		if task.Check.Done {
			line += " x"
		}
		for _, a := range task.Check.About {
			line += " (" + a.Name + ")"
		}
		out = append(out, line)
	}
	return out
}

// TestTasksTickThemselves follows one homework: what is done in the module is
// done in everybody's week.
func TestTasksTickThemselves(t *testing.T) {
	c := newCast(t)
	id := c.sets(t, sheet())
	lesson := c.sets(t, sheet(with("titre", "Leçon"), with("rendu"), with("echeance", "2026-09-18T08:00")))
	c.sets(t, sheet(with("titre", "Plus tard"), with("echeance", "2026-09-22T08:00")))
	c.sets(t, sheet(with("titre", "Brouillon"), with("brouillon", "1")))
	const story = "Récit d'une page"
	expect := func(when string, want map[ids.PersonID][]string) {
		t.Helper()
		for who, lines := range want {
			if got := c.week(who); !slices.Equal(got, lines) {
				t.Errorf("%s, %s: %q, want %q", when, who, got, lines)
			}
		}
	}
	expect("set", map[ids.PersonID][]string{
		c.lea:    {"hand-in " + story, "do Leçon"},
		c.mother: {"hand-in " + story + " (Léa)", "do Leçon (Léa)"},
		c.zoe:    nil, c.nosy: nil, c.head: nil, c.prof: nil,
	})
	if a := c.As(c.lea).Post("/devoir/"+lesson+"/cocher", url.Values{"fait": {"oui"}}); a.Location == "" {
		t.Fatal(a)
	}
	c.handsIn(t, c.lea, id, "Il était une fois")
	expect("handed in", map[ids.PersonID][]string{
		c.lea:    {"hand-in " + story + " x", "do Leçon x"},
		c.mother: {"hand-in " + story + " x (Léa)", "do Leçon x (Léa)"},
		c.tom:    {"hand-in " + story, "do Leçon"},
		c.prof:   {"correct " + story}, c.colleague: nil,
	})
	c.corrects(t, id, c.lea, "15")
	expect("corrected", map[ids.PersonID][]string{
		c.lea:  {"hand-in " + story + " x", "read devoirs.task.correction", "do Leçon x"},
		c.prof: {"correct " + story + " x"},
	})
	c.As(c.lea).Get("/devoir/" + id)
	expect("read", map[ids.PersonID][]string{
		c.lea:    {"hand-in " + story + " x", "read devoirs.task.correction x", "do Leçon x"},
		c.mother: {"hand-in " + story + " x (Léa)", "read devoirs.task.correction x (Léa)", "do Leçon x (Léa)"},
	})
	// the week after, what was not handed in is still to be done
	c.Advance(7 * 24 * time.Hour)
	next := time.Date(2026, 9, 21, 0, 0, 0, 0, c.Now().Location())
	titles := fmt.Sprint(c.As(c.tom).Tasks(next, next.AddDate(0, 0, 7)))
	for _, want := range []string{story, "Plus tard"} {
		if !slices.ContainsFunc(c.As(c.tom).Tasks(next, next.AddDate(0, 0, 7)), func(task *sdk.Task) bool { return task.Check.Title.Plain == want }) {
			t.Errorf("%q is missing from %s", want, titles)
		}
	}
}
