package main

import (
	"fmt"
	"strings"
)

// page is a page of the reference under way.
type page struct{ strings.Builder }

// newPage begins a page; about is its one paragraph.
func newPage(title, about, source string) *page {
	p := &page{}
	fmt.Fprintf(p, "# %s\n\n%s\n\nWritten by `go run ./docs/build` from %s; do not edit.\n", title, about, source)
	return p
}

// table writes rows under a heading, which may be empty.
func (p *page) table(heading string, columns []string, rows [][]string) {
	if heading != "" {
		fmt.Fprintf(p, "\n## %s\n", heading)
	}
	p.WriteString("\n| " + strings.Join(columns, " | ") + " |\n|" + strings.Repeat("---|", len(columns)) + "\n")
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = escape(oneLine(cell))
		}
		p.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
}

// oneLine joins the lines of a comment.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// code marks words as code, nothing as nothing.
func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}

// escape keeps Markdown from reading what stands outside code as a tag, and
// anything as the end of a cell.
func escape(cell string) string {
	parts := strings.Split(cell, "`")
	for i := range parts {
		if i%2 == 0 {
			parts[i] = strings.ReplaceAll(parts[i], "<", "&lt;")
		}
	}
	return strings.ReplaceAll(strings.Join(parts, "`"), "|", "\\|")
}
