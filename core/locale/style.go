package locale

import "strings"

// style is how a language writes dates and figures, read from its catalogue.
type style struct {
	weekdays, months           []string // Sunday first
	shortDays, shortMonths     []string
	first                      string // of the month: "1er"
	today, tomorrow, yesterday string
	hour, clock                string // "{h} h", "{h} h {m}"
	decimal, thousands         string
	units                      []string
	and                        string
}

func newStyle(t *tongue) *style {
	word := func(key string) string {
		text, _ := t.say(key, func() (map[string]any, any) { return nil, nil })
		return text
	}
	words := func(key string) []string { return strings.Split(word(key), " ") }
	return &style{
		weekdays: words("date.weekdays"), months: words("date.months"),
		shortDays: words("date.weekdays.short"), shortMonths: words("date.months.short"),
		first: word("date.first"),
		today: word("date.today"), tomorrow: word("date.tomorrow"), yesterday: word("date.yesterday"),
		hour: word("date.hour"), clock: word("date.clock"),
		decimal: word("number.decimal"), thousands: word("number.thousands"),
		units: words("size.units"), and: word("list.and"),
	}
}
