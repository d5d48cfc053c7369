package main

import (
	"sync"
	"time"
)

// home is where French schools are; an event has no viewer to say.
const home = "Europe/Paris"

// zones keeps the locations that entries name: loading one reads a file.
var zones sync.Map // string → *time.Location

// zoneOf returns the named location, Paris when there is none of that name.
func zoneOf(name string) *time.Location {
	if name == "" {
		name = home
	}
	if l, ok := zones.Load(name); ok {
		return l.(*time.Location)
	}
	l, err := time.LoadLocation(name)
	if err != nil {
		if name == home {
			return time.UTC
		}
		return zoneOf(home) // not kept: names come from files
	}
	zones.Store(name, l)
	return l
}

// midnight is the beginning of t's day in its own zone.
func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// monday is the beginning of t's week.
func monday(t time.Time) time.Time {
	return midnight(t).AddDate(0, 0, -(int(t.Weekday())+6)%7)
}
