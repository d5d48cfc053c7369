package mail

import "strings"

// text draws the letter for mail programs that show no HTML, and for who prefers
// it so. A title that the subject has said already is not said again.
func (l *Letter) text() string {
	var b strings.Builder
	say := l.Say.In("")
	pair := func(label, value string) string {
		if label == "" {
			return value
		}
		return say.T("draw.pair", "label", label, "value", value)
	}
	if title := l.title(); title != l.Subject {
		b.WriteString(title + "\n\n")
	}
	for _, one := range l.blocks() {
		switch one.Kind {
		case heading:
			b.WriteString(strings.ToUpper(one.Text) + "\n")
		case list:
			for _, i := range one.Items {
				writeLine(&b, i.Text, i.Detail, i.Link)
			}
		case table:
			if one.Text != "" {
				b.WriteString(one.Text + "\n")
			}
			for _, row := range one.Rows {
				writeRow(&b, one.Head, row, pair)
			}
		case figure:
			b.WriteString(pair(one.Detail, one.Text) + "\n")
		default:
			b.WriteString(one.Text + "\n")
			if one.Link != "" {
				b.WriteString(one.Link + "\n")
			}
		}
		b.WriteString("\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// writeLine writes one line of a list, what belongs to it below.
func writeLine(b *strings.Builder, text string, more ...string) {
	b.WriteString("- " + indent(text) + "\n")
	for _, m := range more {
		if m != "" {
			b.WriteString("  " + indent(m) + "\n")
		}
	}
}

// writeRow writes a row of a table as a line: its first cell, below it the others,
// each after the name of its column. Without those, two cells are a pair.
func writeRow(b *strings.Builder, head, row []block, pair func(label, value string) string) {
	if len(row) == 0 {
		return
	}
	value := func(c block) string { return details(c.Text, c.Detail) }
	if len(head) == 0 && len(row) == 2 {
		writeLine(b, pair(row[0].Text, value(row[1])), row[1].Link)
		return
	}
	var lines []string
	for i, c := range row {
		text := value(c)
		if text != "" && i < len(head) {
			text = pair(head[i].Text, text)
		}
		lines = append(lines, text, c.Link)
	}
	writeLine(b, lines[0], lines[1:]...)
}

func indent(s string) string { return strings.ReplaceAll(s, "\n", "\n  ") }
