package host

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// aside is a quarantine as the core keeps it: a new start forgives nothing.
type aside struct {
	ID      ids.ModuleID `json:"id"`
	Version string       `json:"version"`
	SHA256  string       `json:"sha256"` // of the executable that was vouched for
	Why     Quarantine   `json:"why"`
}

// kept is an aside as it lies in the core's own space. The sum is of its text:
// what decides whether a module is started must not be read out of bytes that
// became others, and the store would not know.
type kept struct {
	ID   ids.ModuleID    `json:"id"`
	Text json.RawMessage `json:"text"`
	Sum  string          `json:"sum"`
}

var asides = store.NewCollection[kept]("host.aside")

func keptOf(a *aside) (*kept, error) {
	text, err := json.Marshal(a)
	if err != nil {
		return nil, errors.Internal(err)
	}
	return &kept{a.ID, text, sumOf(text)}, nil
}

func sumOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// aside reads it back; [store.ErrDamaged] when it is not what was written.
func (k *kept) aside() (*aside, error) {
	a := &aside{}
	if k.Sum != sumOf(k.Text) {
		return nil, fmt.Errorf("%w: its sum is another one", store.ErrDamaged)
	}
	if err := json.Unmarshal(k.Text, a); err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	if a.ID != k.ID {
		return nil, fmt.Errorf("%w: it is of %s", store.ErrDamaged, a.ID)
	}
	return a, nil
}

// lost is the quarantine of a module of which only that it was put aside is
// known.
func lost(id ids.ModuleID, damage error) *aside {
	return &aside{ID: id, Why: Quarantine{At: time.Now(), Damage: damage,
		Reason: "put aside before the core's last start; why cannot be read: " + damage.Error()}}
}
