package locale

import (
	"strconv"
	"strings"
	"time"
)

// Date writes a day: "mardi 3 mars", with the year when it is not this one.
func (s *Speaker) Date(t time.Time) string {
	t = t.In(s.Zone)
	return s.style.weekdays[t.Weekday()] + " " + s.DayMonth(t)
}

// DayMonth writes a day without its weekday: "3 mars".
func (s *Speaker) DayMonth(t time.Time) string {
	t = t.In(s.Zone)
	return s.year(s.day(t)+" "+s.style.months[t.Month()-1], t)
}

// FullDate writes a day with its year, whatever the year: "22 novembre 2026".
func (s *Speaker) FullDate(t time.Time) string {
	t = t.In(s.Zone)
	return s.day(t) + " " + s.style.months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// ShortDate writes a day where there is little room: "mar. 3 mars".
func (s *Speaker) ShortDate(t time.Time) string {
	t = t.In(s.Zone)
	return s.year(s.style.shortDays[t.Weekday()]+" "+s.day(t)+" "+s.style.shortMonths[t.Month()-1], t)
}

// Month writes a month and its year: "mars 2026".
func (s *Speaker) Month(t time.Time) string {
	t = t.In(s.Zone)
	return s.style.months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// Weekday writes the name of a day, short when there is little room.
func (s *Speaker) Weekday(d time.Weekday, short bool) string {
	if short {
		return s.style.shortDays[d]
	}
	return s.style.weekdays[d]
}

// Clock writes a time of day: "14 h 30", "8 h".
func (s *Speaker) Clock(t time.Time) string {
	t = t.In(s.Zone)
	h := strconv.Itoa(t.Hour())
	if t.Minute() == 0 {
		return strings.Replace(s.style.hour, "{h}", h, 1)
	}
	m := strconv.Itoa(100 + t.Minute())[1:]
	return strings.Replace(strings.Replace(s.style.clock, "{h}", h, 1), "{m}", m, 1)
}

// DateTime writes day and time: "mardi 3 mars, 14 h 30".
func (s *Speaker) DateTime(t time.Time) string { return s.Date(t) + ", " + s.Clock(t) }

// Day writes a day as people say it: "aujourd'hui", "demain", "hier", else as
// Date.
func (s *Speaker) Day(t time.Time) string {
	switch s.days(t) {
	case 0:
		return s.style.today
	case 1:
		return s.style.tomorrow
	case -1:
		return s.style.yesterday
	}
	return s.Date(t)
}

// When writes day and time as people say them: "demain, 14 h 30". The first
// and the last minute of a day stand for the whole day.
func (s *Speaker) When(t time.Time) string {
	if m := minute(t.In(s.Zone)); m == 0 || m == 24*60-1 {
		return s.Day(t)
	}
	return s.Day(t) + ", " + s.Clock(t)
}

// days counts the midnights between now and t.
func (s *Speaker) days(t time.Time) int {
	return dayNumber(t.In(s.Zone)) - dayNumber(s.Now)
}

func (s *Speaker) day(t time.Time) string {
	if t.Day() == 1 {
		return s.style.first
	}
	return strconv.Itoa(t.Day())
}

func (s *Speaker) year(text string, t time.Time) string {
	if t.Year() == s.Now.Year() {
		return text
	}
	return text + " " + strconv.Itoa(t.Year())
}

func dayNumber(t time.Time) int {
	return int(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func minute(t time.Time) int { return t.Hour()*60 + t.Minute() }
