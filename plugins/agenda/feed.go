package main

import (
	"net/http"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// feedPath is the feed's route, which a personal link opens.
const feedPath = "/flux.ics"

// How much of the past and the future a feed holds, in days.
const (
	feedPast   = 60
	feedFuture = 400
)

// feed answers the person's calendar, with what other modules add to it, to a
// calendar program that knows their secret address.
func feed(w http.ResponseWriter, hr *http.Request) {
	r := sdk.RequestOf(hr)
	from := midnight(r.Now()).AddDate(0, 0, -feedPast)
	look := func(fn func(store.Tx) error) error { return r.Store.View(r.Context(), fn) }
	l := mine(r.Viewer, r.Now())
	reading, err := read(&r.Scope, look, l, from, from.AddDate(0, 0, feedPast+feedFuture), pageWaits)
	if err != nil {
		r.Log.Error("feed", "err", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	if len(reading.Missing) > 0 { // a program that gets half would forget the other half
		w.Header().Set("Retry-After", "300")
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Cache-Control", "private, max-age=300")
	if err := reading.feed(r.Viewer, l).SerializeTo(w, ics.WithNewLineWindows); err != nil {
		r.Log.Info("feed", "err", err) // whoever asked has gone
	}
}

// feed writes occurrence by occurrence: what a program shows is what the page
// shows, whatever it makes of rules and time zones.
func (r *Reading) feed(v *sdk.Viewer, l *Lens) *ics.Calendar {
	cal := ics.NewCalendarFor("preau agenda")
	cal.SetVersion("2.0")
	cal.SetName(v.SchoolName)
	cal.SetXWRCalName(v.SchoolName)
	cal.SetMethod(ics.MethodPublish)
	cal.SetXPublishedTTL("PT1H")
	for _, o := range r.Own {
		e := o.entry(v, l)
		event := event(cal, e, v)
		stamp(event, o.Changed)
		event.SetModifiedAt(o.Changed)
		if o.Text != "" {
			event.SetDescription(o.Text)
		} else if o.Led != "" {
			event.SetDescription(o.Led)
		}
	}
	for _, e := range r.Others {
		event := event(cal, e, v)
		stamp(event, e.Start.AsTime())
		if text := plain(e.Detail); text != "" {
			event.SetDescription(text)
		}
	}
	return cal
}

// event adds what all entries have in common. The UID is stable: the entry's
// own, at its school.
func event(cal *ics.Calendar, e *ui.Entry, v *sdk.Viewer) *ics.VEvent {
	event := cal.AddEvent(uid(e.Id, v))
	title := plain(e.Title)
	if len(v.Children) > 1 && len(e.About) > 0 {
		title = names(e.About) + " : " + title
	}
	event.SetSummary(title)
	start := e.Start.AsTime()
	end := start
	if e.End.IsValid() {
		end = e.End.AsTime()
	}
	if e.AllDay {
		event.SetAllDayStartAt(start.In(v.TimeZone))
		event.SetAllDayEndAt(end.In(v.TimeZone))
	} else {
		event.SetStartAt(start)
		if end.After(start) {
			event.SetEndAt(end)
		}
	}
	if e.Place != "" {
		event.SetLocation(e.Place)
	}
	if e.Cancelled {
		event.SetStatus(ics.ObjectStatusCancelled)
	}
	return event
}

func stamp(event *ics.VEvent, t time.Time) {
	if t.IsZero() {
		t = time.Unix(0, 0)
	}
	event.SetDtStampTime(t)
}

// uid is an entry's identifier, at the school so that no other has it.
func uid(id string, v *sdk.Viewer) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' {
			return '-'
		}
		return r
	}, id) + "@" + strings.ToLower(string(v.School)) + ".preau"
}

func names(about []*ui.About) string {
	var all []string
	for _, a := range about {
		all = append(all, a.Name)
	}
	return strings.Join(all, ", ")
}

// plain is what words say without their catalogue: what a person wrote, or the
// words among the arguments of a key that the core has not put into words.
func plain(w *ui.Words) string {
	if w.GetKey() == "" {
		return w.GetPlain()
	}
	var parts []string
	for _, a := range w.Args {
		switch {
		case a.GetS() != "":
			parts = append(parts, a.GetS())
		case a.GetText() != nil:
			if s := plain(a.GetText()); s != "" {
				parts = append(parts, s)
			}
		}
	}
	return strings.Join(parts, " : ")
}
