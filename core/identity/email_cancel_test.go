package identity

import (
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
)

// TestCancelEmail: one takes back what one asked for and keeps the address that
// one confirmed before; the link that was sent is over, and the journal has it
// once.
func TestCancelEmail(t *testing.T) {
	b := newBench(t)
	b.save(family())
	teacher := b.person(college, "prof")
	by := audit.By{Person: teacher, Address: here}
	secret, err := b.ask(teacher, "ines@example.org")
	if err == nil {
		_, err = b.ConfirmEmail(t.Context(), by, college, teacher, secret)
	}
	if err == nil {
		secret, err = b.ask(teacher, "faute@example.org")
	}
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := b.CancelEmail(t.Context(), by, college, teacher); err != nil {
			t.Fatal(err)
		}
	}
	b.writtenTo(teacher, "ines@example.org")
	if asked, err := b.EmailAsked(t.Context(), teacher); err != nil || asked != "" {
		t.Errorf("still awaited: %q %v", asked, err)
	}
	_, err = b.ConfirmEmail(t.Context(), by, college, teacher, secret)
	wants(t, "the link", err, errors.NotFound, "identity.email.gone")
	if lines := strings.Join(journal(b, college), "\n"); strings.Count(lines, "email.changed "+string(teacher)) != 4 { // asked, confirmed, asked, cancelled
		t.Errorf("journal: %s", lines)
	}
}
