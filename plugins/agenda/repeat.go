package main

import (
	"strconv"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"github.com/preau-ent/preau/sdk/ui"
)

// Repeats that the form offers; what an imported rule says besides is kept as
// it is, under repeatOther.
const (
	repeatNever   = ""
	repeatDay     = "jour"
	repeatSchool  = "ouvres"
	repeatWeek    = "semaine"
	repeatTwo     = "quinzaine"
	repeatMonth   = "mois"
	repeatOther   = "autre"
	schoolWeekday = "MO,TU,WE,TH,FR"
)

// ruleStems are the rules of the form's repeats, without their end.
var ruleStems = map[string]string{
	repeatDay: "FREQ=DAILY", repeatSchool: "FREQ=WEEKLY;BYDAY=" + schoolWeekday,
	repeatWeek: "FREQ=WEEKLY", repeatTwo: "FREQ=WEEKLY;INTERVAL=2", repeatMonth: "FREQ=MONTHLY",
}

// endOf takes a rule apart: what repeats, until when, how often; zero values
// when it does not say.
func endOf(rule string, zone *time.Location) (stem string, until time.Time, count int) {
	var kept []string
	for part := range strings.SplitSeq(rule, ";") {
		name, value, _ := strings.Cut(part, "=")
		switch strings.ToUpper(name) {
		case "UNTIL":
			until, _ = parseUntil(value, zone) // a rule that was stored is one
		case "COUNT":
			count, _ = strconv.Atoi(value)
		default:
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, ";"), until, count
}

// ending adds an end to a rule: an UNTIL, a COUNT, or none.
func ending(stem string, until time.Time, count int) string {
	switch {
	case !until.IsZero():
		return stem + ";UNTIL=" + until.UTC().Format(rrule.DateTimeFormat)
	case count > 0:
		return stem + ";COUNT=" + strconv.Itoa(count)
	}
	return stem
}

// repeatOf is the form's name of what a rule repeats.
func repeatOf(stem string) string {
	if stem == "" {
		return repeatNever
	}
	for name, s := range ruleStems {
		if s == stem {
			return name
		}
	}
	return repeatOther
}

// repeatKeys are the words of the repeats.
var repeatKeys = map[string]string{
	repeatDay: "agenda.repeat.day", repeatSchool: "agenda.repeat.school", repeatWeek: "agenda.repeat.week",
	repeatTwo: "agenda.repeat.two", repeatMonth: "agenda.repeat.month", repeatOther: "agenda.repeat.other",
}

// repeatWords says how an entry repeats, nil when it does not.
func repeatWords(e *Entry) *ui.Words {
	if e.Series != "" {
		return ui.T("agenda.repeat.changed")
	}
	if e.Rule == "" {
		return nil
	}
	stem, _, _ := endOf(e.Rule, e.zone())
	name := ui.T(repeatKeys[repeatOf(stem)])
	if n := len(e.Starts); n > 0 {
		return ui.T("agenda.repeat.until", "repeat", name, "date", ui.Time(time.Unix(e.Starts[n-1], 0), ui.Date))
	}
	return name
}
