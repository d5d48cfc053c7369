package ui

import (
	"time"

	"github.com/preau-ent/preau/sdk/wire"
)

// Table is a table with a caption; rows are added to it with [RowOf].
func Table(captionKey string, columns []*Column, rows ...*Row) *Node {
	return &Node{Kind: &wire.Node_Table{Table: &wire.Table{
		Caption: words(captionKey), Columns: columns, Rows: rows,
	}}}
}

// Columns returns columns of words with these labels.
func Columns(labelKeys ...string) []*Column {
	columns := make([]*Column, len(labelKeys))
	for i, key := range labelKeys {
		columns[i] = &Column{Label: words(key)}
	}
	return columns
}

// Numbers is a column of figures, drawn flush right.
func Numbers(labelKey string) *Column { return &Column{Label: words(labelKey), Number: true} }

// RowOf returns a row; cells are as many as the table's columns.
func RowOf(cells ...*Cell) *Row { return &Row{Cells: cells} }

// CellOf is a cell of any words.
func CellOf(w *Words) *Cell { return &Cell{Text: w} }

// CellS is a cell of words shown as they are.
func CellS(plain string) *Cell { return &Cell{Text: S(plain)} }

// CellTo is a cell that leads somewhere.
func CellTo(w *Words, path string) *Cell { return &Cell{Text: w, Link: &Link{Path: path}} }

// People is a list of persons.
func People(people ...*PersonCard) *Node {
	return &Node{Kind: &wire.Node_People{People: &wire.People{People: people}}}
}

// FilesOf is a list of files to open or save.
func FilesOf(files ...*File) *Node {
	return &Node{Kind: &wire.Node_Files{Files: &wire.Files{Files: files}}}
}

// Thread is a talk, the oldest post first; reply may be nil.
func Thread(reply *Form, posts ...*Post) *Node {
	return &Node{Kind: &wire.Node_Thread{Thread: &wire.Thread{Posts: posts, Reply: reply}}}
}

// Timeline is what happened, in the order given.
func Timeline(events ...*Event) *Node {
	return &Node{Kind: &wire.Node_Timeline{Timeline: &wire.Timeline{Events: events}}}
}

// Facts is a list of labels and their values.
func Facts(facts ...*Fact) *Node {
	return &Node{Kind: &wire.Node_Facts{Facts: &wire.Facts{Facts: facts}}}
}

// FactOf is one line of [Facts].
func FactOf(labelKey string, value *Words) *Fact { return &Fact{Label: words(labelKey), Value: value} }

// CalendarOf shows the span of view that holds date. path is the page's own,
// with its other query values: the core adds ?vue= and &date= to it.
func CalendarOf(view View, date time.Time, path string, entries ...*Entry) *Node {
	return &Node{Kind: &wire.Node_Calendar{Calendar: &wire.Calendar{
		View: view, Date: date.Format(time.DateOnly), Path: path, Entries: entries,
	}}}
}
