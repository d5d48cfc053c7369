package host

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/host/supervise"
)

// TestEveryByteOfAQuarantine: a record in which a byte became another one says
// what it said, or that it is damaged; never something else.
func TestEveryByteOfAQuarantine(t *testing.T) {
	was := &aside{ID: "agenda", Version: "1.2.0", SHA256: "9f86d081", Why: Quarantine{At: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC),
		Limit: supervise.Limits[0], Reason: "ended: <3>", Lines: []Line{{Level: "error", Text: "no \ufffd way"}}}}
	r, err := keptOf(was)
	must(t, err)
	whole, err := json.Marshal(r)
	must(t, err)
	damaged := 0
	for i := range whole {
		for _, b := range []byte{0, whole[i] ^ 1, whole[i] ^ 0x20, '0', '"', ' '} {
			text := append([]byte{}, whole...)
			text[i] = b
			found := &kept{}
			if json.Unmarshal(text, found) != nil {
				continue // the store says so
			}
			found.ID = "agenda" // the store's key
			switch now, err := found.aside(); {
			case err != nil:
				damaged++
			case !reflect.DeepEqual(now, was):
				t.Fatalf("read out of %s: %+v", text, now)
			}
		}
	}
	if damaged < len(whole) {
		t.Errorf("only %d changes were found damaged", damaged)
	}
	r.ID = "devoirs"
	if _, err := r.aside(); err == nil {
		t.Error("another module's record is taken for its own")
	}
}
