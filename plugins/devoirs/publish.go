package main

import (
	"context"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// The events of the module. All but changed are for other modules to hear.
const (
	eventPublished = "devoirs.published" // those it is for may see it from now on
	eventHandedIn  = "devoirs.handed-in" // a pupil handed in
	eventCorrected = "devoirs.corrected" // a correction was published
	eventChanged   = "devoirs.changed"   // what someone's lists show is another
)

// Happened is the payload of the events: what they are about, never what is in it.
type Happened struct {
	Homework string `json:"homework"`
	Pupil    string `json:"pupil,omitempty"`
}

// announceIn notes in the transaction that the homework is out, if it is shown
// by now and was not announced. It reports whether it is out from now on.
func announceIn(tx store.Tx, s *sdk.Scope, h *Homework, a *audience) (out bool, err error) {
	if !h.Shown(s.Now()) || !h.Announced.IsZero() {
		return false, nil
	}
	h.Announced = s.Now()
	if err := put(tx, h); err != nil {
		return false, err
	}
	return true, tx.Emit(eventPublished, Happened{Homework: h.ID}, a.touched(h)...)
}

// tellPublished has the core tell pupils and guardians of the homework, when it
// is shown: the core wakes for that, a module has no clock. The homework is out
// whether or not the notices arrive, so a failure goes to the log.
func tellPublished(s *sdk.Scope, h *Homework, a *audience) {
	if len(a.pupils) == 0 {
		return
	}
	notice := sdk.Notice{
		Kind: "nouveau", People: a.ids(), Key: noticeKey(h), Link: ui.To("/devoir/"+h.ID, "devoirs.open"),
		Text: ui.T("devoirs.notice.published", "subject", h.Subject, "title", h.Title, "due", ui.Time(h.Due, ui.DateTime)),
		From: h.VisibleFrom, Urgent: h.Urgent,
	}
	notify(s, notice)
	notice.Kind, notice.People = "enfant", nil
	for _, p := range a.pupils {
		notice.People = append(notice.People, p.Guardians...)
		notice.About = append(notice.About, ui.AboutChild(string(p.ID), p.FirstName))
	}
	if len(notice.People) > 0 {
		notify(s, notice)
	}
}

// untell takes back what was said of the homework, or is to be.
func untell(s *sdk.Scope, h *Homework) {
	if err := s.Notify.Withdraw(noticeKey(h)); err != nil {
		s.Log.Warn("notice not taken back", "key", noticeKey(h), "err", err)
	}
}

func noticeKey(h *Homework) string { return "homework:" + h.ID }

func notify(s *sdk.Scope, n sdk.Notice) {
	if err := s.Notify.Send(n); err != nil {
		s.Log.Warn("notice not sent", "key", n.Key, "err", err)
	}
}

// announceDue tells other modules of homework whose visible-from time has come.
// A module has no clock that wakes it, so the first page anybody opens
// after that moment does it.
func announceDue(ctx context.Context, s *sdk.Scope) {
	var ready []*Homework
	err := s.Store.View(ctx, func(tx store.Tx) (err error) {
		ready, err = all(homework.Range(tx, "announce", store.To(s.Now()), store.Limit(5)))
		return err
	})
	for _, h := range ready {
		if err == nil {
			err = announce(ctx, s, h.ID)
		}
	}
	if err != nil {
		s.Log.Warn("homework not announced", "err", err)
	}
}

// announce tells of one homework, once.
func announce(ctx context.Context, s *sdk.Scope, id string) error {
	var h *Homework
	err := s.Store.View(ctx, func(tx store.Tx) (err error) {
		h, err = homework.Get(tx, id)
		return err
	})
	if err != nil {
		return err
	}
	a, err := audienceOf(s, h) // outside the transaction: it asks the core
	if err != nil {
		return err
	}
	var out bool
	err = s.Store.Update(ctx, func(tx store.Tx) (err error) {
		if h, err = homework.Get(tx, id); err != nil {
			return err
		}
		out, err = announceIn(tx, s, h, a)
		return err
	})
	if err == nil && out && h.Told.IsZero() { // one stored before the core could be asked to wait
		tellPublished(s, h, a)
	}
	return err
}
