package store_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

func fill(tx store.Tx, n int) error {
	for i := range n {
		if err := pupils.Put(tx, &pupil{ID: fmt.Sprintf("%03d", i), Name: fmt.Sprint(i % 7), Groups: []string{"a", "b"}}); err != nil {
			return err
		}
	}
	return nil
}

func TestPagesCoverTheRange(t *testing.T) {
	update(t, func(tx store.Tx) error {
		if err := fill(tx, 100); err != nil {
			return err
		}
		for _, c := range []struct {
			index string
			opts  []store.RangeOption
		}{
			{"", nil}, {"name", nil}, {"name", []store.RangeOption{store.Reverse()}},
			{"group", []store.RangeOption{store.Prefix("a")}}, {"name", []store.RangeOption{store.From("2"), store.To("4"), store.Reverse()}},
		} {
			want, _ := idsOf(tx, c.index, c.opts...)
			for _, limit := range []int{0, 1, 7, len(want), len(want) + 1} {
				var got []string
				for cursor, more := "", true; more; more = cursor != "" {
					items, next, err := pupils.Page(tx, c.index, cursor, limit, c.opts...)
					if err != nil {
						return err
					}
					for _, p := range items {
						got = append(got, p.ID)
					}
					cursor = next
				}
				if fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("pages of %d by %q: %v, want %v", limit, c.index, got, want)
				}
			}
		}
		return nil
	})
}

func TestCursorSurvivesChanges(t *testing.T) {
	update(t, func(tx store.Tx) error {
		err := fill(tx, 10)
		page := func(cursor string) (got, next string) {
			items, next, err := pupils.Page(tx, "", cursor, 3)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range items {
				got += p.ID + " "
			}
			return got, next
		}
		_, cursor := page("") // 000 001 002
		for _, id := range []string{"001", "002", "003"} {
			err = errors.Join(err, pupils.Delete(tx, id))
		}
		err = errors.Join(err, pupils.Put(tx, &pupil{ID: "0015"}), pupils.Put(tx, &pupil{ID: "0035"}))
		if got, _ := page(cursor); got != "0035 004 005 " {
			t.Errorf("the second page is %q: nothing twice, the new one behind the place included", got)
		}
		return err
	})
}

func TestCursorsOfOthersAreRefused(t *testing.T) {
	update(t, func(tx store.Tx) error {
		if err := fill(tx, 10); err != nil {
			return err
		}
		_, cursor, err := pupils.Page(tx, "name", "", 3)
		if err != nil || cursor == "" {
			t.Fatal(cursor, err)
		}
		for what, try := range map[string]func() ([]*pupil, string, error){
			"another index":   func() ([]*pupil, string, error) { return pupils.Page(tx, "group", cursor, 3) },
			"the other way":   func() ([]*pupil, string, error) { return pupils.Page(tx, "name", cursor, 3, store.Reverse()) },
			"cut":             func() ([]*pupil, string, error) { return pupils.Page(tx, "name", cursor[:len(cursor)-2], 3) },
			"no base64":       func() ([]*pupil, string, error) { return pupils.Page(tx, "name", "é", 3) },
			"made up":         func() ([]*pupil, string, error) { return pupils.Page(tx, "name", strings.Repeat("A", 40), 3) },
			"next to nothing": func() ([]*pupil, string, error) { return pupils.Page(tx, "name", "AA", 3) },
		} {
			_, _, err := try()
			wantKind(t, what, err, errors.Invalid)
		}
		return nil
	})
}
