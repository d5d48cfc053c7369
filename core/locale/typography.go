package locale

import (
	"encoding/json"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Spaces that no line is broken at.
const (
	noBreak     = '\u00a0'
	thinNoBreak = '\u202f'
)

// hours are what a clock says: 8 h, 14 h 30.
var hours = regexp.MustCompile(`\b[0-9]{1,2} h( [0-9]{2})?\b`)

// french puts the spaces of French typography: a narrow no-break space before
// ; ! ? and a no-break space before : and %, after n°, inside « » and « 8 h 30 ».
// Only spaces that are there are changed, so addresses and code stay as they are.
func french(s string) string {
	s = hours.ReplaceAllStringFunc(s, func(t string) string { return strings.ReplaceAll(t, " ", string(noBreak)) })
	if !strings.ContainsAny(s, ";!?:%°«»") {
		return s
	}
	runes := []rune(s)
	for i, r := range runes {
		switch {
		case (r == '«' || r == '°' && i > 0 && runes[i-1] == 'n') && i+1 < len(runes) && space(runes[i+1]):
			runes[i+1] = noBreak
		case i == 0 || !space(runes[i-1]):
		case strings.ContainsRune(";!?", r):
			runes[i-1] = thinNoBreak
		case r == ':' || r == '»' || r == '%':
			runes[i-1] = noBreak
		}
	}
	return string(runes)
}

// space reports whether r is a space within a line.
func space(r rune) bool { return r == ' ' || r == noBreak || r == thinNoBreak }

// capital returns s with its first letter as a capital.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// decodeFrench is json.Unmarshal into an any whose texts get French spaces: who
// writes a catalogue types plain ones.
func decodeFrench(src []byte, into any) error {
	if err := json.Unmarshal(src, into); err != nil {
		return err
	}
	if v, ok := into.(*any); ok {
		*v = typeset(*v)
	}
	return nil
}

func typeset(v any) any {
	switch x := v.(type) {
	case string:
		return french(x)
	case map[string]any:
		for k := range x {
			x[k] = typeset(x[k])
		}
	}
	return v
}
