package main

import (
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
)

// week lists somebody's tasks of the week of 14 September: the title, x when
// read, and the children it is about.
func (c *cast) week(who ids.PersonID) (out []string) {
	monday := time.Date(2026, 9, 14, 0, 0, 0, 0, c.Now().Location())
	for _, task := range c.As(who).Tasks(monday, monday.AddDate(0, 0, 7)) {
		line := task.Check.Title.Plain
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

// TestWhatOthersWriteIsToRead: what somebody opened is ticked, for them alone,
// until it changes.
func TestWhatOthersWriteIsToRead(t *testing.T) {
	c := newCast(t)
	test := c.adds(t, c.prof, values())
	c.adds(t, c.prof, values(with("titre", "Chaque semaine"), weekly("2026-12-01")))
	c.adds(t, c.prof, values(with("titre", "La semaine suivante"), with("debut", "2026-09-24T10:00"), with("fin", "2026-09-24T11:00")))
	c.adds(t, c.lea, values(with("titre", "Piano"), with("agenda", "p:"+string(c.lea))))
	expect := func(when string, want map[ids.PersonID][]string) {
		t.Helper()
		for who, lines := range want {
			if got := c.week(who); !slices.Equal(got, lines) {
				t.Errorf("%s, %s: %q, want %q", when, who, got, lines)
			}
		}
	}
	const title = "Contrôle de grammaire"
	expect("added", map[ids.PersonID][]string{c.lea: {title}, c.mother: {title + " (Léa)"}, c.prof: nil, c.zoe: nil, c.max: nil})
	c.As(c.lea).Get(test)
	expect("opened by Léa", map[ids.PersonID][]string{c.lea: {title + " x"}, c.mother: {title + " (Léa)"}, c.tom: {title}})
	c.Advance(time.Hour)
	if a := c.As(c.prof).Post("/entree/"+idOf(test)+"/annuler", map[string][]string{"annulee": {"1"}}); a.Location == "" {
		t.Fatal(a)
	}
	expect("cancelled since", map[ids.PersonID][]string{c.lea: {title}})
	c.Advance(5 * 24 * time.Hour)
	expect("over", map[ids.PersonID][]string{c.lea: nil})
}
