package pack

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
)

// RevokedName is the file of a trust folder that takes trust back.
const RevokedName = "revoked"

// Trust is which keys an operator believes, and what not to believe any more.
type Trust struct {
	keys     map[Fingerprint]bool
	keysOut  map[Fingerprint]bool
	packsOut map[string]bool
}

// NewTrust believes these keys.
func NewTrust(keys ...*PublicKey) *Trust {
	t := &Trust{keys: map[Fingerprint]bool{}, keysOut: map[Fingerprint]bool{}, packsOut: map[string]bool{}}
	for _, k := range keys {
		t.keys[k.Fingerprint()] = true
	}
	return t
}

// ReadTrust reads a preau.pub, or a folder of *.pub with an optional file
// "revoked". A folder that does not exist trusts nobody; what cannot be read is
// an error, lest a revocation be overlooked.
func ReadTrust(path string) (*Trust, error) {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		k, err := ReadPublicKey(path)
		if err != nil {
			return nil, err
		}
		return NewTrust(k), nil
	}
	t := NewTrust()
	if errors.Is(err, os.ErrNotExist) {
		return t, nil
	}
	files, err := os.ReadDir(path)
	if err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "pack.key.none", "file", path)
	}
	for _, f := range files {
		name := filepath.Join(path, f.Name())
		switch {
		case filepath.Ext(name) == ".pub":
			k, err := ReadPublicKey(name)
			if err != nil {
				return nil, err
			}
			t.keys[k.Fingerprint()] = true
		case f.Name() == RevokedName:
			if err := t.readRevoked(name); err != nil {
				return nil, err
			}
		}
	}
	return t, nil
}

func (t *Trust) readRevoked(path string) error {
	text, err := os.ReadFile(path)
	if err == nil {
		err = t.Revoke(text)
	}
	if err != nil {
		return errors.Wrap(err, errors.Invalid, "pack.key.unreadable", "file", path)
	}
	return nil
}

// Revoke takes trust back from what the lines of a file "revoked" name.
func (t *Trust) Revoke(text []byte) error {
	lines, n := bufio.NewScanner(bytes.NewReader(text)), 0
	for lines.Scan() {
		n++
		words := strings.Fields(lines.Text())
		switch {
		case len(words) == 0 || strings.HasPrefix(words[0], "#"):
		case len(words) < 2 || !hexDigest.MatchString(words[1]) || len(words) > 2 && !strings.HasPrefix(words[2], "#"):
			return fmt.Errorf("line %d: want \"key <fingerprint>\" or \"package <digest>\"", n)
		case words[0] == "key":
			t.keysOut[Fingerprint(words[1])] = true
		case words[0] == "package":
			t.packsOut[words[1]] = true
		default:
			return fmt.Errorf("line %d: want \"key\" or \"package\", found %q", n, words[0])
		}
	}
	return lines.Err()
}

// Check returns the key for which a package of this digest is trusted. Denied,
// with the reason, when there is none: not signed, by nobody who is known, by a
// revoked key, or revoked itself. A signature that is wrong is never passed
// over: the package was tampered with.
func (t *Trust) Check(digest string, list []Signature) (Fingerprint, error) {
	if t.packsOut[digest] {
		return "", errors.New(errors.Denied, "pack.revoked.package", "package", digest[:16])
	}
	if len(list) == 0 {
		return "", errors.New(errors.Denied, "pack.unsigned")
	}
	for _, s := range list {
		if err := s.check(digest); err != nil {
			return "", err
		}
	}
	refused := errors.New(errors.Denied, "pack.untrusted", "key", list[0].Fingerprint().Short())
	for _, s := range list {
		by, revoked := t.believes(s)
		if by != "" {
			return by, nil
		}
		if revoked != "" {
			refused = errors.New(errors.Denied, "pack.revoked.key", "key", revoked.Short())
		}
	}
	return "", refused
}

// believes returns the signer of s when it, or an older key that vouches for
// it, is trusted and none on the way is revoked.
func (t *Trust) believes(s Signature) (by, revoked Fingerprint) {
	f := s.Fingerprint()
	if t.keysOut[f] {
		return "", f
	}
	if t.keys[f] {
		return f, ""
	}
	for _, older := range s.Succeeds {
		o := FingerprintOf(older.Key)
		if t.keysOut[o] {
			return "", o
		}
		if t.keys[o] {
			return f, ""
		}
	}
	return "", ""
}
