package roster

import "time"

// parseDate reads a birth date as exports and spreadsheets write it and returns
// it as "2006-01-02". An empty date is fine; one before 1900 is none.
func parseDate(s string) (string, bool) {
	if s == "" {
		return "", true
	}
	for _, layout := range []string{time.DateOnly, "02/01/2006", "2/1/2006", "02-01-2006", "02.01.2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.DateOnly), t.Year() >= 1900
		}
	}
	return "", false
}
