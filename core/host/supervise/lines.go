package supervise

import (
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// Line is one kept line of a module's log.
type Line struct {
	At    time.Time
	Level string // trace debug info warn error
	Text  string // control characters escaped, cut at 4 KiB
}

const maxLine = 4 << 10

// Lines keeps the last lines of one module, whatever happens to its process.
// The zero value is not usable; use [NewLines].
type Lines struct {
	mu   sync.Mutex
	ring []Line
	next int
	full bool
}

// NewLines returns a buffer for the last n lines.
func NewLines(n int) *Lines { return &Lines{ring: make([]Line, n)} }

// Add keeps one line, with its time, escaping what could upset a terminal or
// forge a second line.
func (l *Lines) Add(at time.Time, level, text string) {
	line := Line{At: at, Level: level, Text: escape(text)}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ring[l.next] = line
	l.next = (l.next + 1) % len(l.ring)
	l.full = l.full || l.next == 0
}

// Last returns the last n lines, oldest first; n ≤ 0 means all that are kept.
func (l *Lines) Last(n int) []Line {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []Line
	if l.full {
		all = append(all, l.ring[l.next:]...)
	}
	all = append(all, l.ring[:l.next]...)
	if n > 0 && n < len(all) {
		all = all[len(all)-n:]
	}
	return all
}

func escape(s string) string {
	cut := len(s) > maxLine
	if cut {
		s = s[:maxLine]
	}
	if strings.IndexFunc(s, odd) >= 0 || !utf8.ValidString(s) {
		var b strings.Builder
		for i, r := range s {
			switch {
			case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
				b.WriteString(`\x` + strconv.FormatUint(uint64(s[i]), 16))
			case odd(r):
				q := strconv.QuoteRuneToASCII(r)
				b.WriteString(q[1 : len(q)-1])
			default:
				b.WriteRune(r)
			}
		}
		s = b.String()
	}
	if cut {
		s += "…"
	}
	return s
}

// odd reports what is not to reach a terminal or a page as it is: controls and
// the invisible marks that turn the direction of text.
func odd(r rune) bool { return r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) }
