package conformance

import (
	"context"
	"net/http"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/plugintest"
)

// migrations: the process writes the schema that module.yaml says, and brings
// the data of every earlier one there, once and for all.
func (s *suite) migrations(t *testing.T) {
	want := s.h.Manifest.Schema
	d, err := s.h.Describe(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if got := max(1, int(d.GetSchema())); got != want {
		t.Errorf("the process writes schema %d, module.yaml says %d", got, want)
	}
	for from := 1; from < want; from++ {
		h := s.older(t, from)
		for range 2 { // a second time does no harm
			if err := h.Migrate(); err != nil {
				t.Errorf("data of schema %d: %v", from, err)
			}
		}
		s.opens(t, h, from)
	}
}

// opens: whoever may open the module can do so on migrated data.
func (s *suite) opens(t *testing.T, h *plugintest.Harness, from int) {
	for profile, id := range populate(h.School) {
		if !s.has(profile, h.Manifest.StartPermission()) {
			continue
		}
		if a := h.As(id).Do(http.MethodGet, h.Manifest.Start, nil); a.Kind() == errors.Bug || a.Kind() == errors.Unavailable {
			t.Errorf("%s opens %s on data that came from schema %d: %s", profile, h.Manifest.Start, from, a)
		}
	}
}
