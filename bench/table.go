package main

import (
	"fmt"
	"os"
	"text/tabwriter"
)

// row is one line of the table: a figure, what it is compared with, and the
// budget that the ratio or the figure must keep.
type row struct {
	what, figure, baseline, ratio, budget string
	kept                                  bool
}

type table struct{ rows []row }

// ratio adds a row judged by figure ÷ baseline.
func (t *table) ratio(what string, figure, baseline float64, unit string, least float64) {
	r := figure / baseline
	t.rows = append(t.rows, row{what, number(figure) + unit, number(baseline) + unit, fmt.Sprintf("%.2f", r), fmt.Sprintf("≥ %.2f", least), r >= least})
}

// within adds a row judged by figure ÷ baseline, which is to be small.
func (t *table) within(what string, figure, baseline float64, unit string, most float64) {
	r := figure / baseline
	t.rows = append(t.rows, row{what, number(figure) + unit, number(baseline) + unit, fmt.Sprintf("%.2f", r), fmt.Sprintf("≤ %.2f", most), r <= most})
}

// most adds a row judged by the figure itself.
func (t *table) most(what string, figure float64, unit string, most float64) {
	t.rows = append(t.rows, row{what, number(figure) + unit, "", "", "≤ " + number(most) + unit, figure <= most})
}

// told adds a row that has no budget.
func (t *table) told(what string, figure float64, unit string) {
	t.rows = append(t.rows, row{what, number(figure) + unit, "", "", "", true})
}

// print writes the table and reports whether every budget was kept.
func (t *table) print() bool {
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "what\tfigure\tbaseline\tratio\tbudget\t")
	kept := true
	for _, r := range t.rows {
		mark := ""
		if !r.kept {
			mark, kept = "OVER", false
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", r.what, r.figure, r.baseline, r.ratio, r.budget, mark)
	}
	w.Flush()
	return kept
}

func number(f float64) string {
	switch {
	case f >= 1000:
		return fmt.Sprintf("%.0f", f)
	case f >= 10:
		return fmt.Sprintf("%.1f", f)
	}
	return fmt.Sprintf("%.2f", f)
}
