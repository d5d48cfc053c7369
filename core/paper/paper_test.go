package paper

import (
	"bytes"
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

func speaker(t *testing.T, lang string) *locale.Speaker {
	t.Helper()
	words, err := locale.New(Locales, home.Locales)
	if err != nil {
		t.Fatal(err)
	}
	return words.Speaker(lang, time.UTC, time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC))
}

// week is a week with so many lessons and tasks on each school day.
func week(lessons, tasks int) *home.Week {
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	w := &home.Week{From: monday, To: monday.AddDate(0, 0, 7)}
	for i := range 7 {
		d := home.Day{Date: monday.AddDate(0, 0, i)}
		for n := range lessons {
			at := d.Date.Add(time.Duration(8+n%10) * time.Hour)
			d.Entries = append(d.Entries, &wire.Entry{Title: ui.S("Sciences de la vie et de la Terre"), Place: "Laboratoire de SVT",
				Start: ui.At(at), End: ui.At(at.Add(55 * time.Minute)), About: []*wire.About{{Name: "Élodie"}}})
		}
		for n := range tasks {
			d.Tasks = append(d.Tasks, &wire.Task{Kind: "hand-in", Check: &wire.Check{Title: ui.S(fmt.Sprintf("Devoir %d : récit d’une rencontre\u202f!", n)), Badge: ui.T("home.task.hand-in")}})
		}
		if i >= 5 && i != 5 {
			d.Entries, d.Tasks = nil, nil
		}
		w.Days = append(w.Days, d)
	}
	return w
}

var pages = regexp.MustCompile(`/Type /Page\n`)

// TestOneSheetEach: however much there is in a week, it is one page; a class is
// as many as it has pupils.
func TestOneSheetEach(t *testing.T) {
	for _, c := range []struct{ lessons, tasks, sheets int }{{0, 0, 1}, {6, 3, 1}, {9, 8, 2}, {40, 40, 1}, {5, 2, 30}} {
		for _, lang := range []string{"fr", "en"} {
			var sheets []Sheet
			for i := range c.sheets {
				sheets = append(sheets, Sheet{Name: fmt.Sprintf("Élève %d", i), Class: "6e A", School: "Collège", Week: week(c.lessons, c.tasks)})
			}
			var b bytes.Buffer
			if err := Write(&b, speaker(t, lang), sheets...); err != nil {
				t.Fatal(err)
			}
			if n := len(pages.FindAll(b.Bytes(), -1)); n != c.sheets || !bytes.HasPrefix(b.Bytes(), []byte("%PDF-")) {
				t.Errorf("%d lessons, %d tasks: %d pages, want %d", c.lessons, c.tasks, n, c.sheets)
			}
		}
	}
}

// TestShrinks: letters are as large as the fullest day allows.
func TestShrinks(t *testing.T) {
	few, many := size(t, week(4, 1)), size(t, week(9, 6))
	if few != most || many >= few || many < smallest {
		t.Errorf("a usual week is written in %v points, a full one in %v", few, many)
	}
}

// TestWeekEnd: Saturday stands there only when there is something on it.
func TestWeekEnd(t *testing.T) {
	if n := len(shown(week(1, 0))); n != 6 {
		t.Errorf("%d days, want Monday to Saturday", n)
	}
	if n := len(shown(week(0, 0))); n != 5 {
		t.Errorf("%d days of an empty week, want 5", n)
	}
}

// size is that of the letters of a sheet.
func size(t *testing.T, w *home.Week) float64 {
	t.Helper()
	p := newPen(speaker(t, "fr"))
	p.AddPage()
	p.days(w)
	return p.size
}
