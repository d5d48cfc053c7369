package ids

import "strings"

// uaiLetters is the alphabet of the check letter: no I, O or Q, which look
// like digits.
const uaiLetters = "ABCDEFGHJKLMNPRSTUVWXYZ"

// ParseUAI returns s trimmed and in capitals as a school's identifier.
// wellFormed is false when s is not seven digits and a letter; checked is false
// when the letter is not the remainder of the number by 23. Exports in use hold
// wrong letters, so a caller warns and goes on.
func ParseUAI(s string) (id SchoolID, wellFormed, checked bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	id = SchoolID(s)
	if len(s) != 8 || s[7] < 'A' || s[7] > 'Z' {
		return id, false, false
	}
	n := 0
	for _, c := range s[:7] {
		if c < '0' || c > '9' {
			return id, false, false
		}
		n = n*10 + int(c-'0')
	}
	return id, true, s[7] == uaiLetters[n%23]
}
