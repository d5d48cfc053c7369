package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Asking is that the author of a class's entry wants each pupil's guardians to
// say whether they agree: an outing, a meeting.
type Asking struct {
	Until time.Time `json:"until,omitzero"` // answers are taken so long; zero: until it begins
}

// Signature is one guardian's answer about one pupil.
type Signature struct {
	ID       string       `json:"id"` // signatureID
	Entry    string       `json:"entry"`
	Pupil    ids.PersonID `json:"pupil"`
	Guardian ids.PersonID `json:"guardian"`
	Name     string       `json:"name"` // of the guardian, as it was
	Agrees   bool         `json:"agrees"`
	Terms    string       `json:"terms"` // what it was given for: another day needs another answer
	At       time.Time    `json:"at"`
	Ends     time.Time    `json:"ends"` // when the entry is over
}

// signatures are found by pupil in an entry and by who gave them.
var signatures = store.NewCollection("signatures",
	store.Index("entry", func(s *Signature) store.Key { return store.K(s.Entry, string(s.Pupil)) }),
	store.Index("guardian", func(s *Signature) store.Key { return store.K(string(s.Guardian)) }),
	store.Index("pupil", func(s *Signature) store.Key { return store.K(string(s.Pupil)) }),
	store.Index("until", func(s *Signature) store.Key { return store.K(s.Ends.AddDate(signatureYears, 0, 0)) }))

func signatureID(e *Entry, pupil, guardian ids.PersonID) string {
	return strings.Join([]string{e.ID, string(pupil), string(guardian)}, ".")
}

// asks reports whether guardians are to answer about the entry.
func (e *Entry) asks() bool { return e.Sign != nil && !e.Cancelled && !e.repeats() }

// answerBy is until when they can, and can change it.
func (e *Entry) answerBy() time.Time {
	if e.Sign != nil && !e.Sign.Until.IsZero() && e.Sign.Until.Before(e.Start) {
		return e.Sign.Until
	}
	return e.Start
}

// asksAnew reports whether guardians are told that they are to answer: they did not
// know, or not that, or not until when. seen is what they knew, nil for nothing.
func (e *Entry) asksAnew(seen *Entry) bool {
	return seen == nil || !seen.asks() || seen.terms() != e.terms() || !seen.answerBy().Equal(e.answerBy())
}

// answerable reports whether guardians can answer, now or when they come to see it.
func (e *Entry) answerable(now time.Time) bool {
	if now.Before(e.VisibleFrom) {
		now = e.VisibleFrom
	}
	return e.asks() && now.Before(e.answerBy())
}

// terms names what somebody agrees to: what, where and when.
func (e *Entry) terms() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{e.Title, e.Place, strconv.FormatInt(e.Start.Unix(), 10),
		strconv.Itoa(e.Length), strconv.FormatBool(e.AllDay)}, "\x00")))
	return hex.EncodeToString(sum[:12])
}

// holds reports whether an answer was given for the entry as it is now.
func (s *Signature) holds(e *Entry) bool { return s != nil && s.Terms == e.terms() }

// signaturesOf returns the answers about an entry, pupil by pupil, the latest
// last.
func signaturesOf(tx store.Tx, e *Entry) (map[ids.PersonID][]*Signature, error) {
	all := map[ids.PersonID][]*Signature{}
	for s, err := range signatures.Range(tx, "entry", store.Prefix(e.ID)) {
		if err != nil {
			return nil, err
		}
		all[s.Pupil] = append(all[s.Pupil], s)
	}
	return all, nil
}

// by returns what a guardian answered, nil when nothing.
func by(guardian ids.PersonID, list []*Signature) *Signature {
	for _, s := range list {
		if s.Guardian == guardian {
			return s
		}
	}
	return nil
}

// Answered is where a pupil stands.
type Answered uint8

// A refusal counts more than another guardian's agreement.
const (
	Unanswered Answered = iota
	Agreed
	Refused
)

// answered sums up the answers about one pupil; those given for another day or
// place do not count.
func answered(e *Entry, list []*Signature) (at Answered) {
	for _, s := range list {
		switch {
		case !s.holds(e):
		case s.Agrees:
			at = max(at, Agreed)
		default:
			at = Refused
		}
	}
	return at
}

// earlier orders answers by when they were given.
func earlier(a, b *Signature) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) }
