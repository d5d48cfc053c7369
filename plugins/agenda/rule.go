package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"github.com/preau-ent/preau/sdk/errors"
)

// Limits of a repeated entry: how far it is followed after its beginning, or
// after today when that is later, and how many occurrences are kept.
const (
	maxYears       = 2
	maxOccurrences = 1000
)

// Years in which entries may lie: the library's calendar is mapped onto its
// last years, which follow each other as these do.
const firstYear, lastYear = 1970, 2090

// known are the parts of a rule that a calendar of days has a use for.
var known = []string{"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}

// Expand returns the occurrences of a rule of RFC 5545 that begins at start, by
// the wall clock of start's zone: start itself, then at most [maxOccurrences]
// up to [maxYears] after start or now. Of an older rule the latest are kept. A
// rule that is none, or repeats within a day, is Invalid.
//
// The library walks on to the year 9999 when a rule never matches, so it is
// given one of the last years with the same days of the week: however foolish
// the rule, the walk is of some decades at most.
func Expand(rule string, start, now time.Time) ([]time.Time, error) {
	option, until, err := parseRule(rule, start.Location())
	if err != nil {
		return nil, err
	}
	horizon := start
	if now.After(horizon) {
		horizon = now
	}
	horizon = horizon.AddDate(maxYears, 0, 0)
	if !until.IsZero() && until.Before(horizon) {
		horizon = until
	}
	if start.Year() < firstYear || horizon.Year() > lastYear {
		return nil, badRule()
	}
	shift := lateYear(start.Year(), max(0, horizon.Year()-start.Year())) - start.Year()
	option.Dtstart = floating(start, shift)
	r, err := rrule.NewRRule(*option)
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "agenda.rule.bad")
	}
	starts := []time.Time{start}
	for next := r.Iterator(); ; {
		late, ok := next()
		if !ok {
			break
		}
		t := time.Date(late.Year()-shift, late.Month(), late.Day(), late.Hour(), late.Minute(), late.Second(), 0, start.Location())
		if t.After(horizon) {
			break
		}
		if t.After(starts[len(starts)-1]) {
			starts = append(starts, t)
		}
	}
	if n := len(starts); n > maxOccurrences {
		if bounded := option.Count > 0 || !until.IsZero(); !bounded && starts[n-1].After(now) {
			starts = starts[n-maxOccurrences:]
		} else {
			starts = starts[:maxOccurrences]
		}
	}
	return starts, nil
}

// floating is t's wall clock, years later, as a time without a zone.
func floating(t time.Time, years int) time.Time {
	return time.Date(t.Year()+years, t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

// lateYear returns the latest year from which span years follow each other, by
// weekday and leap year, as they do from year.
func lateYear(year, span int) int {
	weekday := func(y int) time.Weekday { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC).Weekday() }
	late := rrule.MAXYEAR - span - 1
	for late%4 != year%4 || weekday(late) != weekday(year) {
		late--
	}
	return late
}

// parseRule reads a rule without its UNTIL, which it returns as a moment; zone
// is the wall clock of an UNTIL that does not name UTC.
func parseRule(rule string, zone *time.Location) (*rrule.ROption, time.Time, error) {
	var until time.Time
	var kept []string
	seen := map[string]bool{}
	for part := range strings.SplitSeq(strings.ToUpper(strings.TrimSpace(rule)), ";") {
		name, value, _ := strings.Cut(part, "=")
		switch {
		case part == "":
			continue
		case !slices.Contains(known, name) || seen[name] || len(value) > 200:
			return nil, until, badRule()
		case name == "FREQ" && !slices.Contains([]string{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}, value):
			return nil, until, badRule()
		case name == "INTERVAL" || name == "COUNT":
			if n, err := strconv.Atoi(value); err != nil || n < 1 || n > 10000 {
				return nil, until, badRule()
			}
		}
		seen[name] = true
		if name != "UNTIL" {
			kept = append(kept, part)
			continue
		}
		var err error
		if until, err = parseUntil(value, zone); err != nil {
			return nil, until, err
		}
	}
	if !seen["FREQ"] || seen["COUNT"] && seen["UNTIL"] {
		return nil, until, badRule()
	}
	option, err := rrule.StrToROption(strings.Join(kept, ";"))
	if err != nil {
		return nil, until, errors.Wrap(err, errors.Invalid, "agenda.rule.bad")
	}
	return option, until, nil
}

// parseUntil reads the end of a rule; a day means all of it.
func parseUntil(value string, zone *time.Location) (time.Time, error) {
	if t, err := time.Parse(rrule.DateTimeFormat, value); err == nil {
		return t, nil
	}
	if t, err := time.ParseInLocation(rrule.LocalDateTimeFormat, value, zone); err == nil {
		return t, nil
	}
	t, err := time.ParseInLocation(rrule.DateFormat, value, zone)
	if err != nil {
		return t, errors.Wrap(err, errors.Invalid, "agenda.rule.bad")
	}
	return t.AddDate(0, 0, 1).Add(-time.Second), nil
}

func badRule() error { return errors.New(errors.Invalid, "agenda.rule.bad") }
