package sdk_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/conformance"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// A line of the register: version 1 had one text, version 2 two, version 3 an
// index by place.
type (
	lineOne struct{ ID, Text string }
	lineTwo struct{ ID, Name, Place string }
)

var (
	linesOne   = store.NewCollection[lineOne]("lines")
	linesThree = store.NewCollection("lines", store.Index("place", func(l *lineTwo) store.Key { return store.K(l.Place, l.Name) }))
)

const registre = "testdata/registre"

// register is version 3 of a module; trail notes the steps that ran.
func register(trail *[]string) *sdk.Module {
	m := sdk.New()
	m.Page("GET /{$}", func(r *sdk.Request) (*ui.Page, error) {
		var items []*ui.Item
		err := r.Store.View(r.Context(), func(tx store.Tx) error {
			for l, err := range linesThree.Range(tx, "place") {
				if err != nil {
					return err
				}
				items = append(items, &ui.Item{Title: ui.S(l.Place + "/" + l.Name)})
			}
			return nil
		})
		return ui.NewPage("registre.name", ui.Empty(ui.List(items...), "registre.none", nil)), err
	})
	m.Migrate(2, func(_ context.Context, m *sdk.Migration) error {
		*trail = append(*trail, fmt.Sprint(m.School, m.To))
		for old, err := range linesOne.Range(m.Tx, "") {
			if err != nil {
				return err
			}
			place, name, ok := strings.Cut(old.Text, ":")
			if !ok {
				return errors.Wrap(fmt.Errorf("line %q", old.Text), errors.Conflict, "registre.broken")
			}
			if err := linesThree.Put(m.Tx, &lineTwo{ID: old.ID, Name: name, Place: place}); err != nil {
				return err
			}
		}
		return nil
	})
	m.Migrate(3, func(_ context.Context, m *sdk.Migration) error {
		*trail = append(*trail, fmt.Sprint(m.School, m.To))
		if m.Now().IsZero() {
			panic("no clock")
		}
		return linesThree.Reindex(m.Tx)
	})
	return m
}

func lines(texts ...string) func(store.Tx) error {
	return func(tx store.Tx) error {
		for i, text := range texts {
			if err := linesOne.Insert(tx, &lineOne{ID: fmt.Sprint("l", i), Text: text}); err != nil {
				return err
			}
		}
		return nil
	}
}

// TestMigrate: two schools of schema 1 are refused until both steps ran in each,
// once.
func TestMigrate(t *testing.T) {
	var trail []string
	one, two := plugintest.NewSchool("0750655E", "Les Tilleuls"), plugintest.NewSchool("0750001A", "Les Ormes")
	h := plugintest.Start(t, register(&trail), registre, plugintest.Schools(one, two), plugintest.Older(1, lines("B:zoe", "A:tom", "A:lea")))
	lea := h.As(one.Pupil("Léa Martin"))
	if a := lea.Do("GET", "/", nil); a.Kind() != errors.Unavailable || a.Err.Key != "store.schema" {
		t.Errorf("before the migration: %s", a)
	}
	for range 2 {
		if err := h.Migrate(); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{"0750655E2", "0750655E3", "0750001A2", "0750001A3"}; !slices.Equal(trail, want) {
		t.Errorf("steps %v, want %v", trail, want)
	}
	for _, v := range []*plugintest.Visitor{lea, h.As(two.Pupil("Tom Petit"))} {
		var titles []string
		for _, i := range plugintest.All[*ui.Item](v.Get("/")) {
			titles = append(titles, i.Title.Plain)
		}
		if want := []string{"A/lea", "A/tom", "B/zoe"}; !slices.Equal(titles, want) {
			t.Errorf("lines %v, want %v", titles, want)
		}
	}
	h.Restart()
	plugintest.Has(t, lea.Get("/"), "A/lea")
}

// TestMigrateBeginsWhereItStopped: a step that failed left the data and mark of
// the one before.
func TestMigrateBeginsWhereItStopped(t *testing.T) {
	var trail []string
	m := register(&trail)
	broken := true
	whole := func(_ context.Context, m *sdk.Migration) error {
		if broken {
			if err := m.Tx.Put([]byte("half"), nil); err != nil {
				return err
			}
			panic("in the middle")
		}
		return linesThree.Reindex(m.Tx)
	}
	m.Migrate(3, whole)
	h := plugintest.Start(t, m, registre, plugintest.Older(1, lines("A:lea")))
	if err := h.Migrate(); errors.KindOf(err) != errors.Bug {
		t.Errorf("a step that panics: %v", err)
	}
	broken = false
	if err := h.Migrate(); err != nil {
		t.Fatal(err)
	}
	if want := []string{"0750655E2"}; !slices.Equal(trail, want) {
		t.Errorf("steps %v, want %v: the first was done already", trail, want)
	}
	plugintest.Has(t, h.As(h.School.Pupil("Léa Martin")).Get("/"), "A/lea")
}

// TestMigrateSaysWhy: a step's own words reach the caller, and the data is as it was.
func TestMigrateSaysWhy(t *testing.T) {
	h := plugintest.Start(t, register(new([]string)), registre, plugintest.Older(1, lines("no colon")))
	err := h.Migrate()
	if key, _ := errors.Public(err); key != "registre.broken" || errors.KindOf(err) != errors.Conflict {
		t.Errorf("%v", err)
	}
	if a := h.As(h.School.Pupil("Léa Martin")).Do("GET", "/", nil); a.Kind() != errors.Unavailable {
		t.Errorf("after a failed migration: %s", a)
	}
}

// TestLaterDataIsRefused: a version that does not know the data does not touch it.
func TestLaterDataIsRefused(t *testing.T) {
	h := plugintest.Start(t, register(new([]string)), registre, plugintest.Older(4, nil))
	if err := h.Migrate(); errors.KindOf(err) != errors.Unavailable {
		t.Errorf("migrating backwards: %v", err)
	}
}

// TestNewSchoolNeedsNoMigration: an empty store takes the schema of the version
// that opens it first.
func TestNewSchoolNeedsNoMigration(t *testing.T) {
	var trail []string
	h := plugintest.Start(t, register(&trail), registre)
	plugintest.Has(t, h.As(h.School.Pupil("Léa Martin")).Get("/"), "registre.none")
	if err := h.Migrate(); err != nil || len(trail) != 0 {
		t.Errorf("steps %v, %v", trail, err)
	}
}

// TestMissingStepsKeepTheModuleFromStarting.
func TestMissingStepsKeepTheModuleFromStarting(t *testing.T) {
	step := func(context.Context, *sdk.Migration) error { return nil }
	for name, c := range map[string]struct {
		schema int
		steps  []int
		ok     bool
	}{
		"none needed": {1, nil, true}, "not said": {0, nil, true}, "all": {3, []int{2, 3}, true},
		"none": {2, nil, false}, "a hole": {3, []int{3}, false}, "beyond": {2, []int{2, 3}, false}, "to the first": {2, []int{1, 2}, false},
	} {
		m := sdk.New()
		for _, to := range c.steps {
			m.Migrate(to, step)
		}
		r := sdk.NewRuntime(m, sdk.Setting{Schema: c.schema, Dial: func(context.Context, uint32) (sdk.Conn, error) { return nobody{}, nil }})
		dir := t.TempDir()
		_, err := r.Activate(t.Context(), &wire.ActivateRequest{DataDir: dir, PageSocket: dir + "/s"})
		if (err == nil) != c.ok || !c.ok && errors.KindOf(err) != errors.Invalid {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := r.Migrate(t.Context(), &wire.MigrateRequest{School: "0750655E"}); (err == nil) != c.ok {
			t.Errorf("%s: migrating: %v", name, err)
		}
		_, _ = r.Drain(context.Background(), nil)
		if d, _ := r.Describe(t.Context(), nil); d.GetSchema() != int32(max(1, c.schema)) {
			t.Errorf("%s: describes schema %d", name, d.GetSchema())
		}
	}
}

// TestConformanceHoldsMigrations runs the suite's own check on this module.
func TestConformanceHoldsMigrations(t *testing.T) {
	conformance.RunModule(t, register(new([]string)), registre)
}
