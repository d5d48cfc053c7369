package main

import "github.com/preau-ent/preau/sdk"

// Settings are the school's, as module.yaml describes them.
type Settings struct {
	MaxFileMB       int  `json:"max_file_mb"`       // greatest size of one file, in megabytes
	LateHandIn      bool `json:"late_handin"`       // whether handing in is open after the due date
	DefaultScale    int  `json:"default_scale"`     // what a new homework's mark is out of
	ParentsSeeMarks bool `json:"parents_see_marks"` // at once, else after their child
}

// settingsOf reads the school's settings.
func settingsOf(s *sdk.Scope) (Settings, error) {
	cfg := Settings{MaxFileMB: 20, LateHandIn: true, DefaultScale: 20, ParentsSeeMarks: true}
	err := s.Settings.Into(&cfg)
	return cfg, err
}

// maxBytes is the greatest size of one file, in bytes.
func (c Settings) maxBytes() int64 { return int64(c.MaxFileMB) * 1_000_000 }
