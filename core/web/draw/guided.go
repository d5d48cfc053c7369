package draw

import "strconv"

// Introduction takes etape=1…3, a step of the introduction to go to; 0 closes
// it, and so does the one after the last.
const Introduction = "/accueil/presentation"

// introSteps are the steps' keys: draw.intro.<step>.title, .text and .<profile>.
const introSteps = 3

func introKey(step int, part string) string { return "draw.intro." + strconv.Itoa(step) + "." + part }

// introAfter is the step behind this one; the last closes.
func introAfter(step int) string {
	if step >= introSteps {
		return "0"
	}
	return strconv.Itoa(step + 1)
}

func introNext(step int) string {
	if step >= introSteps {
		return "draw.intro.done"
	}
	return "draw.intro.next"
}

// exampleKey is what a step shows a profile as an example.
func (l *Layout) exampleKey(step int) string {
	switch l.Profile {
	case "eleve", "parent", "enseignant":
		return introKey(step, l.Profile)
	}
	return introKey(step, "other")
}
