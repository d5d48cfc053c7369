package main

import (
	"testing"
	"time"
)

// From Saturday on a family prepares the week to come.
func TestTheWeekToPrepare(t *testing.T) {
	for day, want := range map[int]string{18: "2026-09-18", 19: "2026-09-21", 20: "2026-09-21", 21: "2026-09-21"} {
		now := time.Date(2026, 9, day, 17, 30, 0, 0, time.UTC)
		if got := toPrepare(now).Format(time.DateOnly); got != want {
			t.Errorf("%s: %s, want %s", now.Weekday(), got, want)
		}
	}
}
