package identity

import (
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
)

// TestPeekKeepsNobodySignedIn: an open page is no request, and sees the end.
func TestPeekKeepsNobodySignedIn(t *testing.T) {
	b := newBench(t)
	b.save(family())
	_, sess := b.in("anne-sophie.noel", "mere-password")
	idle := DefaultLifetime(false).Idle
	for range 3 {
		b.clock.move(idle / 4)
		if got, err := b.Peek(t.Context(), sess.ID); err != nil || got.Person != sess.Person {
			t.Fatalf("peek: %v %v", got, err)
		}
	}
	b.clock.move(idle / 4)
	if _, err := b.Peek(t.Context(), sess.ID); errors.KindOf(err) != errors.SignIn {
		t.Errorf("an idle session is kept open by looking at it: %v", err)
	}
	token, sess := b.in("anne-sophie.noel", "mere-password")
	if err := b.SignOut(t.Context(), token, here); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Peek(t.Context(), sess.ID); errors.KindOf(err) != errors.SignIn {
		t.Errorf("after signing out: %v", err)
	}
}
