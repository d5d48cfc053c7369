package notify

import (
	"context"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// TestAnotherTime: a mail server that is away is asked again, with pauses, under
// the same Message-ID; one that never takes the letter is not.
func TestAnotherTime(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	tried := 0
	w.on = func() { tried++ }
	w.away = errors.New(errors.Unavailable, "mail.away")
	w.send(notice{words: "x", people: []string{"anna"}})
	w.move(at(2, 10, 2))
	w.move(at(2, 10, 2))
	if tried != 1 {
		t.Fatalf("%d tries at once", tried)
	}
	w.move(at(2, 10, 4))
	w.move(at(2, 10, 20))
	if tried != 3 {
		t.Errorf("%d tries", tried)
	}
	w.away = nil
	w.move(at(2, 12, 0))
	w.move(at(3, 12, 0))
	if tried != 4 || len(w.mails) != 1 {
		t.Errorf("%d tries, %v", tried, w.mails)
	}
	w.away = errors.New(errors.Invalid, "mail.refused")
	w.send(notice{words: "y", people: []string{"anna"}})
	for i := range 5 {
		w.move(at(4+i, 12, 0))
	}
	if tried != 5 {
		t.Errorf("%d tries of what is never taken", tried-4)
	}
}

// TestGivenUp: nobody is tried for ever.
func TestGivenUp(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	tried := 0
	w.on = func() { tried++ }
	w.away = errors.New(errors.Unavailable, "mail.away")
	w.send(notice{words: "x", people: []string{"anna"}})
	for i := range 60 {
		w.move(at(3+i, 12, 0))
	}
	if tried != tries {
		t.Errorf("%d tries", tried)
	}
}

// TestClaimOfTheDead: who dies between claiming and sending leaves a batch that is
// sent once the lease is over, under the Message-ID it would have had; what came
// meanwhile goes in another letter.
func TestClaimOfTheDead(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	w.send(notice{words: "un", people: []string{"anna"}, path: "/1"})
	w.clock = at(2, 10, 2)
	dead, err := w.claim(t.Context(), errand{"anna", manifest.ByMail}, []ids.SchoolID{"0750655E"})
	if err != nil || dead == nil || len(dead.notices) != 1 {
		t.Fatalf("%+v %v", dead, err)
	}
	w.send(notice{words: "deux", people: []string{"anna"}, path: "/2"})
	w.move(at(2, 10, 6))
	if len(w.mails) != 1 || w.mails[0].ID == dead.id {
		t.Fatalf("while the lease lasts: %v", w.mails)
	}
	w.move(at(2, 10, 7))
	if len(w.mails) != 2 || w.mails[1].ID != dead.id || len(w.mails[1].Items) != 1 {
		t.Errorf("%v, want %s", w.mails, dead.id)
	}
	w.move(at(3, 10, 0))
	if len(w.mails) != 2 {
		t.Errorf("%v", w.mails)
	}
}

// TestLeft: who left the school is told nothing, and nothing stays due.
func TestLeft(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	w.send(notice{words: "x", people: []string{"anna", "nobody"}})
	w.left["anna"] = true
	w.move(at(2, 10, 5))
	next, err := w.Round(t.Context())
	if err != nil || !next.IsZero() || len(w.mails)+len(w.pushs) > 0 {
		t.Errorf("due %s, %v, %v %v", next, err, w.mails, w.pushs)
	}
}

// TestRoundSaysWhenNext: Run sleeps until then.
func TestRoundSaysWhenNext(t *testing.T) {
	w := newWorld(t, at(2, 22, 0))
	w.send(notice{words: "x", people: []string{"anna"}})
	next, err := w.Round(t.Context())
	if err != nil || !next.Equal(at(3, 7, 0)) {
		t.Errorf("%s %v", next, err)
	}
}

// TestRunEnds with its context, and tells at once what is due at once.
func TestRunEnds(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	ctx, cancel := context.WithCancel(t.Context())
	told := make(chan struct{})
	w.on = func() { close(told) }
	ended := make(chan struct{})
	go func() { w.Run(ctx); close(ended) }()
	w.send(notice{words: "x", people: []string{"anna"}, urgent: true})
	select {
	case <-told:
	case <-time.After(20 * time.Second):
		t.Error("not told")
	}
	cancel()
	<-ended
}
