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
// by now and was not announced. It reports whether people are to be told.
func announceIn(tx store.Tx, s *sdk.Scope, h *Homework, a *audience) (tell bool, err error) {
	if !h.Shown(s.Now()) || !h.Announced.IsZero() {
		return false, nil
	}
	h.Announced = s.Now()
	if err := homework.Put(tx, h); err != nil {
		return false, err
	}
	return true, tx.Emit(eventPublished, Happened{Homework: h.ID}, a.touched(h)...)
}

// tellPublished sends the pupils a notice. The homework is out whether or not
// the notice arrives, so a failure goes to the log.
func tellPublished(s *sdk.Scope, h *Homework, a *audience) {
	if len(a.pupils) == 0 {
		return
	}
	notify(s, sdk.Notice{
		People: a.ids(), Key: "homework:" + h.ID, Link: ui.To("/devoir/"+h.ID, "devoirs.open"),
		Text: ui.T("devoirs.notice.published", "subject", h.Subject, "title", h.Title, "due", ui.Time(h.Due, ui.DateTime)),
	})
}

func notify(s *sdk.Scope, n sdk.Notice) {
	if err := s.Notify.Send(n); err != nil {
		s.Log.Warn("notice not sent", "key", n.Key, "err", err)
	}
}

// announceDue tells those concerned of homework whose visible-from time has
// come. A module has no clock that wakes it, so the first page anybody opens
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
	var tell bool
	err = s.Store.Update(ctx, func(tx store.Tx) (err error) {
		if h, err = homework.Get(tx, id); err != nil {
			return err
		}
		tell, err = announceIn(tx, s, h, a)
		return err
	})
	if err == nil && tell {
		tellPublished(s, h, a)
	}
	return err
}
