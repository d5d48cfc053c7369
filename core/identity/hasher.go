package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"sync/atomic"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/preau-ent/preau/sdk/errors"
)

// hasher runs argon2id with at most a few hashes at the same time: each takes
// 19 MiB and a core for some 30 ms, and a whole school signs in at eight.
type hasher struct {
	slots   chan struct{}
	waiting atomic.Int64
	strong  cost // of passwords that people choose
}

// queue bounds who waits for a slot; beyond it the answer is "try again".
const queue = 512

func newHasher(n int) *hasher { return &hasher{slots: make(chan struct{}, n), strong: strong} }

// enter waits for a slot; Unavailable when too many wait already.
func (h *hasher) enter(ctx context.Context) error {
	if h.waiting.Add(1) > queue {
		h.waiting.Add(-1)
		return errors.New(errors.Unavailable, "identity.signin.busy")
	}
	defer h.waiting.Add(-1)
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *hasher) leave() { <-h.slots }

// hash returns the PHC string of a password.
func (h *hasher) hash(ctx context.Context, password string, c cost) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	p := phc{cost: c, salt: make([]byte, saltLength)}
	rand.Read(p.salt) // never fails
	p.hash = c.run(password, p.salt, hashLength)
	return p.String(), nil
}

// check reports whether the password is the one of the stored hash. An empty
// or broken hash is nobody's: false, after the same time.
func (h *hasher) check(ctx context.Context, stored, password string) (ok bool, err error) {
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	first, second := h.pair(stored)
	return first.matches(password) != second.matches(password), nil // nobody's never match
}

// pair returns a strong and a light hash, one of them the stored one: nobody's
// hashes stand in where there is none, so that every check takes the same time.
func (h *hasher) pair(stored string) (first, second phc) {
	p, err := parsePHC(stored)
	switch {
	case err != nil:
		return nobody(h.strong), nobody(light)
	case p.weaker(h.strong):
		return nobody(h.strong), p
	}
	return p, nobody(light)
}

// nobody is a hash that no password has.
func nobody(c cost) phc { return phc{c, make([]byte, saltLength), make([]byte, hashLength)} }

func (p phc) matches(password string) bool {
	return subtle.ConstantTimeCompare(p.hash, p.run(password, p.salt, uint32(len(p.hash)))) == 1
}

func (c cost) run(password string, salt []byte, length uint32) []byte {
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.passes, c.memory, c.threads, length)
}
