package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
)

// By is who does something, and from where. The zero By is the operator at the
// command line, or the core itself.
type By struct {
	Person  ids.PersonID
	Address string // network address without port; may be empty
}

// Entry is one line of a journal. Whoever records fills Actor, Action, Object,
// Details and Address (and School for [Log.Record]); the rest is the log's.
type Entry struct {
	ID      string            `json:"id"` // Seq in twenty digits
	Seq     uint64            `json:"seq"`
	At      time.Time         `json:"at"`
	Actor   ids.PersonID      `json:"actor,omitempty"` // empty: the operator or the core
	School  ids.SchoolID      `json:"school"`
	Action  Action            `json:"action"`
	Object  string            `json:"object,omitempty"` // what it was done to: an identifier
	Details map[string]string `json:"details,omitempty"`
	Address string            `json:"address,omitempty"`
	Prev    string            `json:"prev"` // hash of the entry before, empty for the first
	Hash    string            `json:"hash"` // sha256 of the canonical encoding of all the above, in hex
}

// sum returns the hash of e. The canonical encoding is JSON without Hash:
// encoding/json writes fields in the order of the struct and sorts maps.
func (e Entry) sum() string {
	e.Hash = ""
	text, _ := json.Marshal(e) // strings, a number and a time: cannot fail
	h := sha256.Sum256(text)
	return hex.EncodeToString(h[:])
}

// clean makes e encode to the same bytes after it was stored and read again.
func (e *Entry) clean() {
	valid := func(s string) string { return strings.ToValidUTF8(s, "�") }
	e.At = e.At.UTC().Truncate(time.Microsecond)
	e.Object, e.Address = valid(e.Object), valid(e.Address)
	e.Actor, e.School = ids.PersonID(valid(string(e.Actor))), ids.SchoolID(valid(string(e.School)))
	if len(e.Details) == 0 {
		e.Details = nil
		return
	}
	details := make(map[string]string, len(e.Details))
	for k, v := range e.Details {
		details[valid(k)] = valid(v)
	}
	e.Details = details
}

// entryID is the stored key of the entry with this number: decimal with
// leading zeros, so that keys sort as numbers do.
func entryID(seq uint64) string { return fmt.Sprintf("%020d", seq) }
