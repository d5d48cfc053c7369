package roster

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// maxFile is the size of the largest file read, in bytes: ten times the
// export of the largest school known.
const maxFile = 64 << 20

// decode returns the text of a file in UTF-8, or ISO-8859-1 and its superset
// Windows-1252. The encoding is told from the bytes; where they cannot be text
// in one of these the file is refused at the first line that shows it, for a
// name with lost accents would never be found again.
func decode(f File) (string, error) {
	b, line1 := f.Data, Place{File: f.Name, Line: 1}
	switch {
	case len(b) > maxFile:
		return "", refuse(line1, "roster.refused.large")
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return "", refuse(line1, "roster.refused.utf16")
	case len(bytes.TrimSpace(bytes.TrimPrefix(b, bom))) == 0:
		return "", refuse(line1, "roster.refused.empty")
	}
	b = bytes.TrimPrefix(b, bom)
	if i := bytes.IndexFunc(b, isControl); i >= 0 {
		return "", refuse(lineAt(f.Name, b, i), "roster.refused.binary")
	}
	text := string(b)
	if !utf8.Valid(b) {
		if i := strangeByte(b); i >= 0 {
			return "", refuse(lineAt(f.Name, b, i), "roster.refused.encoding")
		}
		text, _ = charmap.Windows1252.NewDecoder().String(text) // every byte left has a meaning
	}
	if i := strings.IndexRune(text, utf8.RuneError); i >= 0 {
		return "", refuse(lineAt(f.Name, []byte(text), i), "roster.refused.lost")
	}
	if i := twiceEncoded(text); i >= 0 {
		return "", refuse(lineAt(f.Name, []byte(text), i), "roster.refused.encoding")
	}
	return lineEnds(text), nil
}

// lineEnds makes every line end one \n, also the lone \r of old systems.
func lineEnds(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

var bom = []byte{0xef, 0xbb, 0xbf}

// isControl reports the characters that no text file holds.
func isControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f
}

// strangeByte returns where the first byte is that has no meaning in
// Windows-1252, or -1.
func strangeByte(b []byte) int {
	for i, c := range b {
		switch c {
		case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
			return i
		}
	}
	return -1
}

// twiceEncoded returns where text holds UTF-8 that was taken for ISO-8859-1
// or Windows-1252 ("Ã©" for "é"), or -1: the capital Ã before anything but a
// letter does not exist in a name.
func twiceEncoded(text string) int {
	for i := 0; ; {
		j := strings.Index(text[i:], "Ã")
		if j < 0 {
			return -1
		}
		i += j + len("Ã")
		next, _ := utf8.DecodeRuneInString(text[i:])
		if c, ok := charmap.Windows1252.EncodeRune(next); ok && c >= 0x80 && c < 0xc0 || next >= 0x80 && next < 0xc0 {
			return i - len("Ã")
		}
	}
}

// lineAt returns the line that holds byte i of b.
func lineAt(name string, b []byte, i int) Place {
	return Place{File: name, Line: 1 + bytes.Count(b[:i], []byte("\n"))}
}
