package identity

import (
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// cost is what one hash takes.
type cost struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

var (
	// strong is for passwords that people choose: OWASP's recommendation for
	// argon2id (19 MiB, two passes).
	strong = cost{memory: 19 * 1024, passes: 2, threads: 1}
	// light is for generated first passwords only. They carry 46 bits from
	// crypto/rand, so guessing one takes centuries of a processor even at this
	// cost, and they are replaced at the first sign-in. What it buys: a million
	// and a half new accounts are hashed in minutes, not in a day.
	light = cost{memory: 1024, passes: 1, threads: 1}
)

const (
	saltLength = 16
	hashLength = 32
)

// phc is a password hash in the PHC string format:
// $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>, base64 without padding.
type phc struct {
	cost
	salt, hash []byte
}

var raw64 = base64.RawStdEncoding.Strict()

func (p phc) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		p.memory, p.passes, p.threads, raw64.EncodeToString(p.salt), raw64.EncodeToString(p.hash))
}

// parsePHC reads what String writes, and nothing else. Costs beyond what the
// pool is sized for are refused, so that a stored hash cannot eat the memory.
func parsePHC(s string) (phc, error) {
	var p phc
	bad := func(what string) (phc, error) { return phc{}, fmt.Errorf("identity: password hash: %s", what) }
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return bad("not argon2id of this version")
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.passes, &p.threads); err != nil {
		return bad("cost")
	}
	if p.passes < 1 || p.passes > 16 || p.threads < 1 || p.threads > 16 ||
		p.memory < 8*uint32(p.threads) || p.memory > 256*1024 {
		return bad("cost out of bounds")
	}
	var err error
	if p.salt, err = raw64.DecodeString(parts[4]); err != nil || len(p.salt) < 8 || len(p.salt) > 64 {
		return bad("salt")
	}
	if p.hash, err = raw64.DecodeString(parts[5]); err != nil || len(p.hash) < 16 || len(p.hash) > 64 {
		return bad("hash")
	}
	if p.String() != s {
		return bad("not in canonical form")
	}
	return p, nil
}

// weaker reports whether c costs a guesser less than d.
func (c cost) weaker(d cost) bool {
	return c.memory < d.memory || c.passes < d.passes
}
