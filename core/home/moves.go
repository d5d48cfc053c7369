package home

import "slices"

// moves returns the fewest moves that turn the order of base into that of page
// (the same placements), in the order of the page. Among equally few it moves
// those the person has touched, never one they left alone, so that the school
// may still reorder what the person did not.
func moves(base, page Layout, touched []string) []Move {
	at := make(map[string]int, len(base))
	for i, p := range base {
		at[p.Instance] = i
	}
	kept := heaviestRising(page, at, touched)
	var out []Move
	for i, p := range page {
		if kept[i] {
			continue
		}
		m := Move{Instance: p.Instance}
		if i > 0 {
			m.After = page[i-1].Instance
		}
		if i+1 < len(page) {
			m.Before = page[i+1].Instance
		}
		out = append(out, m)
	}
	return out
}

// heaviestRising marks the placements of page that keep the order of base: the
// rising subsequence with the greatest weight, where what nobody touched weighs
// more than all that was touched together and what is locked more than both.
func heaviestRising(page Layout, at map[string]int, touched []string) []bool {
	n := len(page)
	best, before := make([]int, n), make([]int, n)
	end := -1
	for i, p := range page {
		weight := n + 1
		switch {
		case p.Locked:
			weight = (n + 1) * (n + 1)
		case slices.Contains(touched, p.Instance):
			weight = 1
		}
		best[i], before[i] = weight, -1
		for j := range i {
			if at[page[j].Instance] < at[p.Instance] && best[j]+weight > best[i] {
				best[i], before[i] = best[j]+weight, j
			}
		}
		if end < 0 || best[i] > best[end] {
			end = i
		}
	}
	kept := make([]bool, n)
	for i := end; i >= 0; i = before[i] {
		kept[i] = true
	}
	return kept
}
