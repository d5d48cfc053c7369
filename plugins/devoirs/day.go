package main

import (
	"time"

	"github.com/preau-ent/preau/sdk/ui"
)

// dueDay says for which day something is due, as people do: for today, for
// tomorrow, for Monday 23 November. now gives the time zone.
func dueDay(due, now time.Time) *ui.Words {
	due = due.In(now.Location())
	switch midnight(due) {
	case midnight(now):
		return ui.T("devoirs.day.today")
	case midnight(now).AddDate(0, 0, 1):
		return ui.T("devoirs.day.tomorrow")
	case midnight(now).AddDate(0, 0, -1):
		return ui.T("devoirs.day.yesterday")
	}
	return ui.T("devoirs.day.on", "date", ui.Time(due, ui.Date))
}

// dueExactly is dueDay with the hour.
func dueExactly(due, now time.Time) *ui.Words {
	return ui.T("devoirs.day.hour", "day", dueDay(due, now), "time", ui.Time(due, ui.Clock))
}

// dayTone warns of what is due today or tomorrow.
func dayTone(due, now time.Time) ui.Tone {
	if due.Before(midnight(now).AddDate(0, 0, 2)) {
		return ui.Warn
	}
	return ui.Neutral
}
