package ui

import (
	"slices"

	"github.com/preau-ent/preau/sdk/wire"
)

// The messages of a tree, under the names by which modules know them. Kinds of
// node that are made by one function (List, Table, …) have no alias: the
// function is the name.
type (
	Page       = wire.Page        // what a page route answers
	Node       = wire.Node        // one part of a page, or a widget
	Widget     = wire.Node        // a Node shown on the home page
	Words      = wire.Text        // a translation key with arguments, or plain words
	Arg        = wire.Arg         // one argument of Words
	About      = wire.About       // the child something is about
	Link       = wire.Link        // a way to a route of a module
	Action     = wire.Action      // a button that changes something
	Item       = wire.Item        // of List
	Entry      = wire.Entry       // of Agenda and CalendarOf: something with a place in time
	Check      = wire.Check       // of Checklist
	Series     = wire.Series      // of BarChart and LineChart
	Column     = wire.Column      // of Table
	Row        = wire.Row         // of Table
	Cell       = wire.Cell        // of Row
	Tab        = wire.Tab         // of Tabs
	Form       = wire.Form        // made by NewForm, shown by FormOf
	Field      = wire.Field       // of Form
	Submit     = wire.Submit      // a further button of a Form
	Option     = wire.Option      // of ChoiceField and PickerField
	PersonCard = wire.PersonCard  // of People
	File       = wire.File        // of FilesOf and of file fields
	Post       = wire.Post        // of Thread
	Event      = wire.Event       // of Timeline
	Fact       = wire.Fact        // of Facts
	FilterSet  = wire.FilterGroup // of Filters
)

// Tone says how grave something is. It is always drawn as icon and words too,
// never as colour alone.
type Tone = wire.Tone

// The tones.
const (
	Neutral = wire.Tone_TONE_NEUTRAL
	Info    = wire.Tone_TONE_INFO
	Ok      = wire.Tone_TONE_OK
	Warn    = wire.Tone_TONE_WARN
	Bad     = wire.Tone_TONE_BAD
)

// Size is the room a widget has on the home page.
type Size string

// The sizes, from a quarter of the width to all of it.
const (
	Small  Size = "s"
	Medium Size = "m"
	Large  Size = "l"
	Full   Size = "full"
)

// Sizes lists every size, the smallest first.
func Sizes() []Size { return []Size{Small, Medium, Large, Full} }

// Valid reports whether s is one of [Sizes].
func (s Size) Valid() bool { return slices.Contains(Sizes(), s) }

// View is the span a calendar shows.
type View = wire.CalendarView

// The views of a calendar.
const (
	Week    = wire.CalendarView_CALENDAR_VIEW_WEEK
	Day     = wire.CalendarView_CALENDAR_VIEW_DAY
	Month   = wire.CalendarView_CALENDAR_VIEW_MONTH
	Listing = wire.CalendarView_CALENDAR_VIEW_LIST
)

// ViewOf reads the value of ?vue= (jour, semaine, mois, liste); anything else
// is the week.
func ViewOf(vue string) View {
	switch vue {
	case "jour":
		return Day
	case "mois":
		return Month
	case "liste":
		return Listing
	}
	return Week
}
