package pack

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"os"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
)

// PublicKey tells whose signature a package carries.
type PublicKey struct {
	Key      ed25519.PublicKey
	Succeeds []Succession // from the key before this one to the first
}

// Succession is the word of an older key for the one that follows it.
type Succession struct {
	Key   []byte `json:"key"` // the older one's 32 bytes
	Value []byte `json:"value"`
}

// Fingerprint names the key.
func (k *PublicKey) Fingerprint() Fingerprint { return FingerprintOf(k.Key) }

// firstLine of a preau.pub.
const firstLine = "preau public key 1"

// Encode writes the text of a preau.pub.
func (k *PublicKey) Encode() []byte {
	var b bytes.Buffer
	text := base64.StdEncoding.EncodeToString
	fmt.Fprintf(&b, "%s\n# %s\nkey %s\n", firstLine, k.Fingerprint(), text(k.Key))
	for _, s := range k.Succeeds {
		fmt.Fprintf(&b, "succeeds %s %s\n", text(s.Key), text(s.Value))
	}
	return b.Bytes()
}

// ReadPublicKey reads a preau.pub.
func ReadPublicKey(path string) (*PublicKey, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, errors.Wrap(err, errors.NotFound, "pack.key.none", "file", path)
	}
	k, err := ParsePublicKey(text)
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "pack.key.unreadable", "file", path)
	}
	return k, nil
}

// ParsePublicKey reads the text of a preau.pub. Older keys must have signed.
func ParsePublicKey(text []byte) (*PublicKey, error) {
	k := &PublicKey{}
	lines, n := bufio.NewScanner(bytes.NewReader(text)), 0
	for ; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		var err error
		switch {
		case n == 0:
			if lines.Text() != firstLine {
				err = fmt.Errorf("does not begin with %q", firstLine)
			}
		case len(words) == 0 || strings.HasPrefix(words[0], "#"):
		case words[0] == "key" && len(words) == 2 && k.Key == nil:
			k.Key, err = exactly(words[1], ed25519.PublicKeySize)
		case words[0] == "succeeds" && len(words) == 3 && len(k.Succeeds) < maxSigners:
			var s Succession
			if s.Key, err = exactly(words[1], ed25519.PublicKeySize); err == nil {
				s.Value, err = exactly(words[2], ed25519.SignatureSize)
			}
			k.Succeeds = append(k.Succeeds, s)
		default:
			err = fmt.Errorf("not understood")
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if k.Key == nil {
		return nil, fmt.Errorf("no line \"key …\"")
	}
	return k, checkSuccession(k.Key, k.Succeeds)
}

// checkSuccession wants each older key's signature on the one that follows.
func checkSuccession(key []byte, older []Succession) error {
	if len(older) > maxSigners {
		return fmt.Errorf("more than %d older keys", maxSigners)
	}
	for _, s := range older {
		if len(s.Key) != ed25519.PublicKeySize || !ed25519.Verify(s.Key, append([]byte(keyDomain), key...), s.Value) {
			return fmt.Errorf("%s did not sign the key that succeeds it", FingerprintOf(s.Key).Short())
		}
		key = s.Key
	}
	return nil
}

// exactly reads base64 of so many bytes.
func exactly(text string, n int) ([]byte, error) {
	b, err := base64.StdEncoding.Strict().DecodeString(text)
	if err == nil && len(b) != n {
		err = fmt.Errorf("%d bytes, want %d", len(b), n)
	}
	return b, err
}
