package console

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// setHours changes the hours of a day and of the week.
func (c *Console) setHours(v *visit.Visit) (*visit.Answer, error) {
	h, err := c.Notify.Hours(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	was := h
	opens, wrong := strconv.Atoi(v.Form.Get("ouvre"))
	closes, worse := strconv.Atoi(v.Form.Get("ferme"))
	if wrong != nil || worse != nil {
		return nil, errors.New(errors.Invalid, "web.garbage")
	}
	h.Opens, h.Closes = opens, closes
	h.WeekEnds, h.Always = v.Form.Get("semaine") != "", v.Form.Get("toujours") != ""
	err = c.keepHours(v, h)
	if errors.KindOf(err) != errors.Invalid {
		return saidHours(err)
	}
	p, perr := c.hoursPage(v, ui.Blame(ui.Fill(hoursForm(v, was), v.Form), err), holidayForm(), was)
	return again(err, perr, func() *ui.Page { return p })
}

// addHoliday adds a span of days on which nothing is published.
func (c *Console) addHoliday(v *visit.Visit) (*visit.Answer, error) {
	h, err := c.Notify.Hours(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	name := strings.TrimSpace(v.Form.Get("nom"))
	if name == "" || len(name) > 200 {
		err = errors.Field("nom", "console.hours.holiday.nameless")
	} else {
		err = c.keepHours(v, withHoliday(h, notify.Holiday{Name: name, From: v.Form.Get("du"), To: v.Form.Get("au")}))
		if errors.KindOf(err) == errors.Invalid {
			err = errors.Field("au", "notify.hours.holidays")
		}
	}
	if errors.KindOf(err) != errors.Invalid {
		return saidHours(err)
	}
	p, perr := c.hoursPage(v, hoursForm(v, h), ui.Blame(ui.Fill(holidayForm(), v.Form), err), h)
	return again(err, perr, func() *ui.Page { return p })
}

// dropHoliday opens days again.
func (c *Console) dropHoliday(v *visit.Visit) (*visit.Answer, error) {
	h, err := c.Notify.Hours(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	h.Holidays = slices.DeleteFunc(slices.Clone(h.Holidays), func(one notify.Holiday) bool {
		return one.From == v.Form.Get("du") && one.To == v.Form.Get("au")
	})
	return saidHours(c.keepHours(v, h))
}

func saidHours(err error) (*visit.Answer, error) {
	if err != nil {
		return nil, err
	}
	return visit.GoTo(hoursPath).Say("console.saved"), nil
}

// keepHours keeps them, and who changed them in the journal.
func (c *Console) keepHours(v *visit.Visit, h notify.Hours) error {
	if err := c.Notify.SetHours(v.Context, v.School(), h); err != nil {
		return err
	}
	by := v.By()
	return c.Audit.Record(v.Context, audit.Entry{Actor: by.Person, Address: by.Address, School: v.School(), Action: audit.HoursChanged,
		Details: map[string]string{"opens": clock(h.Opens), "closes": clock(h.Closes), "always": strconv.FormatBool(h.Always),
			"weekends": strconv.FormatBool(h.WeekEnds), "holidays": strconv.Itoa(len(h.Holidays))}})
}

// clock writes minutes after midnight for the journal, the same in every language.
func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }
