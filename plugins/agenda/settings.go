package main

import "github.com/preau-ent/preau/sdk"

// Settings are the school's, as module.yaml describes them.
type Settings struct {
	DayStart    int  `json:"day_start"` // hour at which a new entry begins
	DayEnd      int  `json:"day_end"`   // hour after which the day is over
	Weekends    bool `json:"weekends"`
	TeachersAdd bool `json:"teachers_add"` // for the classes and groups they teach
}

// settingsOf reads the school's settings.
func settingsOf(s *sdk.Scope) (Settings, error) {
	cfg := Settings{DayStart: 8, DayEnd: 18, Weekends: true, TeachersAdd: true}
	err := s.Settings.Into(&cfg)
	return cfg, err
}
