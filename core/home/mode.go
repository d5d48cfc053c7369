package home

// Mode is which of the two home pages a person has.
type Mode string

// The modes; a person begins with the guided one.
const (
	GuidedMode Mode = "guide"
	ExpertMode Mode = "expert"
)

// Valid reports whether m is one of the two.
func (m Mode) Valid() bool { return m == GuidedMode || m == ExpertMode }
