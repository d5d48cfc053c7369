package roster

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// table is a file read as header and rows, every row as wide as the header.
type table struct {
	name   string
	header []string // folded names, in the order of the columns
	rows   []row
}

type row struct {
	at    Place
	cells []string // tidied
}

// parse reads a decoded file. The separator is the one of ; , and tab that the
// header line holds most of. A file that is cut is refused: a quotation that
// does not end, a line narrower than the header, or a last line without its
// line end that might have lost letters.
func parse(name, text string) (*table, error) {
	header, _, _ := strings.Cut(text, "\n")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator(header)
	r.FieldsPerRecord = -1
	t := &table{name: name}
	for {
		cells, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, unreadable(name, text, err)
		}
		line, _ := r.FieldPos(0)
		at := Place{File: name, Line: line}
		for i := range cells {
			cells[i] = tidy(cells[i])
		}
		if t.header == nil {
			for _, c := range cells {
				t.header = append(t.header, Fold(c))
			}
			continue
		}
		if len(cells) != len(t.header) {
			return nil, refuse(at, widthKey(len(cells), len(t.header)), "found", len(cells), "expected", len(t.header))
		}
		if !slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
			continue // separators only, as spreadsheets leave at the end
		}
		t.rows = append(t.rows, row{at: at, cells: cells})
	}
	if len(t.rows) == 0 {
		return nil, refuse(Place{File: name, Line: 1}, "roster.refused.norows")
	}
	if lostEnd(text) {
		return nil, refuse(t.rows[len(t.rows)-1].at, "roster.refused.noend")
	}
	return t, nil
}

// separator returns the one that the line holds most of, ; before the others.
func separator(line string) rune {
	best, n := ';', strings.Count(line, ";")
	for _, c := range ",\t" {
		if k := strings.Count(line, string(c)); k > n {
			best, n = c, k
		}
	}
	return best
}

func widthKey(found, expected int) string {
	if found < expected {
		return "roster.refused.cut"
	}
	return "roster.refused.wide"
}

// unreadable explains an error of encoding/csv. A quotation still open at the
// end of the file means that the file is cut where the quotation began.
func unreadable(name, text string, err error) error {
	var p *csv.ParseError
	if !errors.As(err, &p) {
		return refuse(Place{File: name, Line: 1}, "roster.refused.quote")
	}
	last := 1 + strings.Count(strings.TrimRight(text, "\r\n"), "\n")
	if p.Line >= last {
		return refuse(Place{File: name, Line: p.StartLine}, "roster.refused.cutquote")
	}
	return refuse(Place{File: name, Line: p.Line}, "roster.refused.quote")
}

// lostEnd reports a text that ends in the middle of an unquoted word, with no
// line end after it: nobody can tell whether letters are missing. ONDE itself
// ends without a line end, but after a quotation or an empty column.
func lostEnd(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return !strings.ContainsRune("\n\";,\t", last)
}

// column returns where the first column of one of these names is, or -1.
func (t *table) column(names ...string) int {
	for _, n := range names {
		if i := slices.Index(t.header, Fold(n)); i >= 0 {
			return i
		}
	}
	return -1
}

// columns returns where every column of this name is, in order.
func (t *table) columns(name string) []int {
	var at []int
	for i, h := range t.header {
		if h == Fold(name) {
			at = append(at, i)
		}
	}
	return at
}

// cell returns the row's cell, "" when the column is not there (-1).
func (r *row) cell(i int) string {
	if i < 0 {
		return ""
	}
	return r.cells[i]
}
