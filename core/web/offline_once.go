package web

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

// onceHeader is the key of something that is to be done once, however often it
// is sent: what a browser kept while it was offline, or whose answer was lost.
const onceHeader = "Idempotency-Key"

// Bounds of what is remembered.
const (
	onceAge   = 30 * 24 * time.Hour // longer than any session
	onceBusy  = 2 * time.Minute     // then whoever began it is taken for dead
	onceSweep = 8                   // old ones that go with each new one
	onceKey   = 128                 // longest key, in bytes
)

// once is something that was sent with a key.
type once struct {
	ID     string    `json:"id"` // hash of person and key
	What   string    `json:"what"`
	At     time.Time `json:"at"`
	Status int       `json:"status,omitempty"` // 0: under way
	To     string    `json:"to,omitempty"`     // where the answer led
}

var onces = store.NewCollection("once", store.Index("at", func(o *once) store.Key { return store.K(o.At, o.ID) }))

// handleOnce runs the handler of a request that bears a key, unless that was
// done before: then the answer is given again. What failed may be tried again;
// of what was cut off in the middle nobody can tell, and that is a conflict.
func (a *App) handleOnce(c *call) error {
	key := c.Get(onceHeader)
	if key == "" || !c.unsafe() || c.session == nil {
		return c.route.handle(c)
	}
	if len(key) > onceKey {
		return errors.New(errors.Invalid, "web.garbage")
	}
	space, err := a.Engine.Open(c.UserContext(), c.session.School)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(string(c.session.Person) + "\x00" + key))
	mine := &once{ID: hex.EncodeToString(sum[:]), What: c.Method() + " " + strings.Clone(c.Path()), At: a.Now()}
	var before *once
	err = space.Update(c.UserContext(), func(tx store.Tx) error {
		before, err = onces.Get(tx, mine.ID)
		if errors.KindOf(err) != errors.NotFound {
			return err
		}
		before = nil
		return errors.Join(sweepOnces(tx, a.Now()), onces.Insert(tx, mine))
	})
	if err != nil {
		return err
	}
	if before != nil {
		return c.answerAgain(before, mine)
	}
	err = c.route.handle(c)
	mine.Status, mine.To = c.Response().StatusCode(), string(c.Response().Header.Peek(fiber.HeaderLocation))
	ended := space.Update(c.UserContext(), func(tx store.Tx) error {
		if err != nil || mine.Status >= 400 {
			return onces.Delete(tx, mine.ID)
		}
		return onces.Put(tx, mine)
	})
	return errors.Join(err, ended)
}

// answerAgain gives the answer of what was done with this key before.
func (c *call) answerAgain(before, now *once) error {
	switch {
	case before.What != now.What:
		return errors.New(errors.Invalid, "web.garbage")
	case before.Status == 0 && now.At.Sub(before.At) < onceBusy:
		return errors.New(errors.Unavailable, "web.once.busy")
	case before.Status == 0:
		return errors.New(errors.Conflict, "web.once.unknown")
	}
	c.Set("Idempotent-Replayed", "true")
	if before.To != "" {
		c.Set(fiber.HeaderLocation, before.To)
	}
	c.Status(before.Status)
	return nil
}

func sweepOnces(tx store.Tx, now time.Time) error {
	var old []string
	for o, err := range onces.Range(tx, "at", store.To(now.Add(-onceAge)), store.Limit(onceSweep)) {
		if err != nil {
			return err
		}
		old = append(old, o.ID)
	}
	for _, id := range old {
		if err := onces.Delete(tx, id); err != nil {
			return err
		}
	}
	return nil
}
