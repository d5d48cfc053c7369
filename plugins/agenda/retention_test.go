package main

import (
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// given is what somebody's export holds.
func (c *cast) given(t *testing.T, who ids.PersonID) (k kept) {
	t.Helper()
	res, err := c.As(who).Client().Get("http://module/mes-donnees.json")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%d %v", res.StatusCode, err)
	}
	if err := json.Unmarshal(raw, &k); err != nil || k.Person != who {
		t.Fatalf("%v: %s", err, raw)
	}
	return k
}

// Who opened an entry is kept for a month after it, an answer for a year, the
// entry for two; each as module.yaml promises.
func TestRetention(t *testing.T) {
	c := newCast(t)
	path := c.adds(t, c.prof, signed())
	c.As(c.lea).Get(path)
	c.answers(c.mother, c.lea, path, sayYes)
	expect := func(when string, readings, signatures int) {
		t.Helper()
		c.As(c.max).Get("/") // whoever comes next
		if r, s := len(c.given(t, c.lea).Readings), len(c.given(t, c.mother).Signatures); r != readings || s != signatures {
			t.Errorf("%s: %d readings and %d answers, want %d and %d", when, r, s, readings, signatures)
		}
	}
	expect("at once", 1, 1)
	c.Advance(time.Date(2026, 10, 17, 9, 0, 0, 0, zoneOf(home)).Sub(c.Now()))
	expect("a month later but two hours", 1, 1)
	c.Advance(3 * time.Hour)
	expect("a month later", 0, 1)
	c.Advance(time.Date(2027, 9, 17, 9, 0, 0, 0, zoneOf(home)).Sub(c.Now()))
	expect("a year later but two hours", 0, 1)
	c.Advance(3 * time.Hour)
	expect("a year later", 0, 0)
	c.As(c.lea).Get(path)
	c.Advance(time.Date(2028, 9, 17, 12, 0, 0, 0, zoneOf(home)).Sub(c.Now()))
	c.As(c.max).Get("/")
	refusal(t, c.As(c.lea).Do("GET", path, nil), "two years later", errors.NotFound)
	if d := c.Documents(idOf(path)); len(d) > 0 {
		t.Errorf("still found: %v", d)
	}
	promised := map[string]string{}
	for _, d := range c.Manifest.Data {
		promised[d.Class] = d.Retention
	}
	for class, want := range map[string]string{"agenda.data.readings": "1m", "agenda.data.signatures": "1y", "agenda.data.classes": "2y", "agenda.data.personal": "2y"} {
		if promised[class] != want {
			t.Errorf("%s is kept %q, want %q", class, promised[class], want)
		}
	}
}

// People get what is kept of them, and nothing of others, and the journal says
// that they did; when they leave it is erased, and what was answered about a pupil
// with the pupil.
func TestExportAndErase(t *testing.T) {
	c := newCast(t)
	path := c.adds(t, c.prof, signed())
	own := c.adds(t, c.mother, values(with("agenda", "p:claire-martin"), with("titre", "Dentiste")))
	binned := c.adds(t, c.mother, values(with("agenda", "p:claire-martin"), with("titre", "Médecin")))
	if a := c.As(c.mother).Post(binned+"/supprimer", nil); a.Location != "/corbeille" {
		t.Fatal(a)
	}
	c.As(c.lea).Get(path)
	c.As(c.tom).Get(path)
	c.answers(c.mother, c.lea, path, sayYes)
	c.answers(c.father, c.tom, path, sayNo)
	k := c.given(t, c.mother)
	if len(k.Entries) != 1 || k.Entries[0].Title != "Dentiste" || len(k.Readings) != 0 || len(k.Signatures) != 1 || k.Signatures[0].Pupil != c.lea {
		t.Errorf("%+v", k)
	}
	if len(k.Bin) != 1 || k.Bin[0].Title != "Médecin" || len(k.Bin[0].Before) != 1 {
		t.Errorf("of the bin: %+v", k.Bin)
	}
	if log := c.Audited(); len(log) != 1 || log[0].Action != "agenda.exported" || log[0].By != c.mother || log[0].Object != string(c.mother) || log[0].Details["bin"] != "1" {
		t.Errorf("in the journal: %+v", log)
	}
	if k := c.given(t, c.max); len(k.Entries)+len(k.Bin)+len(k.Readings)+len(k.Signatures) > 0 {
		t.Errorf("%+v", k)
	}
	leaves := func(who ids.PersonID) {
		t.Helper()
		if err := c.Deliver(leftEvent, map[string]string{"person": string(who)}); err != nil {
			t.Fatal(err)
		}
	}
	leaves(c.mother)
	if k := c.given(t, c.mother); len(k.Entries)+len(k.Bin)+len(k.Signatures) > 0 {
		t.Errorf("kept of who left: %+v", k)
	}
	if d := c.Documents(idOf(own)); len(d) > 0 {
		t.Errorf("still found: %v", d)
	}
	c.As(c.lea).Get(path) // the class's stays
	if n := len(c.given(t, c.lea).Readings); n != 1 {
		t.Errorf("%d readings of her child", n)
	}
	leaves(c.lea)
	leaves(c.tom)
	if n := len(c.given(t, c.lea).Readings); n > 0 {
		t.Errorf("%d readings of who left", n)
	}
	if n := len(c.given(t, c.father).Signatures); n > 0 {
		t.Errorf("%d answers about a pupil who left", n)
	}
}

// What a version before wrote is erased too.
func TestOlderReadings(t *testing.T) {
	began := time.Date(2026, 9, 15, 8, 0, 0, 0, time.UTC)
	old := store.NewCollection[struct {
		ID string    `json:"id"`
		At time.Time `json:"at"`
	}]("glances")
	s := plugintest.NewSchool("0750655E", "Collège")
	lea := s.Pupil("Léa Martin", s.Class("6e A"))
	h := plugintest.Start(t, module(), ".", plugintest.Schools(s), plugintest.Clock(began), plugintest.Older(1, func(tx store.Tx) error {
		return old.Insert(tx, &struct {
			ID string    `json:"id"`
			At time.Time `json:"at"`
		}{"abc.lea-martin", began})
	}))
	if err := h.Migrate(); err != nil {
		t.Fatal(err)
	}
	c := &cast{Harness: h}
	if k := c.given(t, lea); len(k.Readings) != 1 {
		t.Errorf("%+v", k)
	}
	h.Advance(32 * 24 * time.Hour)
	h.As(lea).Get("/")
	if k := c.given(t, lea); len(k.Readings) != 0 {
		t.Errorf("%+v", k)
	}
}

// The page of subscriptions leads to the file.
func TestExportIsFound(t *testing.T) {
	c := newCast(t)
	found := false
	for _, l := range plugintest.All[*ui.Link](c.As(c.mother).Get("/abonnement")) {
		found = found || l.Path == "/mes-donnees.json"
	}
	if !found {
		t.Error("no link")
	}
}
