package main

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/teambition/rrule-go"
)

// windowsZones are the names that Outlook and Exchange give to the zones of
// French schools, at home and overseas.
var windowsZones = map[string]string{
	"romance standard time": home, "w. europe standard time": "Europe/Berlin", "central europe standard time": "Europe/Budapest",
	"gmt standard time": "Europe/London", "central european standard time": "Europe/Warsaw", "utc": "UTC", "gmt": "UTC",
	"sa western standard time": "America/Martinique", "sa eastern standard time": "America/Cayenne",
	"mauritius standard time": "Indian/Reunion", "e. africa standard time": "Indian/Mayotte",
	"central pacific standard time": "Pacific/Noumea", "hawaiian standard time": "Pacific/Tahiti",
}

// namedZone returns the zone that a file names, in one of the ways programs do.
func namedZone(name string) (*time.Location, bool) {
	name = strings.Trim(strings.TrimSpace(name), `"`)
	if known, ok := windowsZones[strings.ToLower(name)]; ok {
		return zoneOf(known), true
	}
	parts := strings.Split(strings.Trim(name, "/"), "/")
	if n := len(parts); strings.HasPrefix(name, "/") && n > 2 {
		name = parts[n-2] + "/" + parts[n-1] // "/freeassociation.sourceforge.net/Europe/Paris"
	}
	if name == "" || name == "Local" || len(name) > 60 {
		return nil, false
	}
	zone, err := time.LoadLocation(name)
	return zone, err == nil
}

// moment reads a date or a date with time; day says which it was. A date is a
// midnight of the reader's own zone.
func (r *eventReader) moment(p *ics.BaseProperty) (t time.Time, day, ok bool) {
	value := strings.ToUpper(strings.TrimSpace(p.Value))
	if t, err := time.ParseInLocation(rrule.DateFormat, value, r.zone); err == nil {
		return t, true, true
	}
	if t, err := time.Parse(rrule.DateTimeFormat, value); err == nil {
		return t, false, true
	}
	zone := r.zone
	if names := p.ICalParameters[string(ics.ParameterTzid)]; len(names) > 0 {
		if zone, ok = namedZone(names[0]); !ok {
			r.fault("agenda.import.zone", names[0])
			return t, false, false
		}
	}
	t, err := time.ParseInLocation(rrule.LocalDateTimeFormat, value, zone)
	return t, false, err == nil
}

// durations is the syntax of RFC 5545, 3.3.6, compiled when first needed: most
// days nobody imports anything.
var durations = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\+?P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?$`)
})

// duration reads a length of time, in minutes.
func duration(s string) (minutes int, ok bool) {
	m := durations().FindStringSubmatch(strings.ToUpper(s))
	if m == nil || len(s) < 3 {
		return 0, false
	}
	for i, unit := range []int{7 * dayMinutes, dayMinutes, 60, 1} {
		n, _ := strconv.Atoi(m[i+1]) // empty is none of it
		minutes += n * unit
	}
	seconds, _ := strconv.Atoi(m[5])
	return minutes + seconds/60, true
}
