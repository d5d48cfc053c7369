package pack

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"

	"github.com/preau-ent/preau/sdk/errors"
)

// algorithm is the only one there is; it is written so that there can be others.
const algorithm = "ed25519"

// Signature is one key's word for a package.
type Signature struct {
	Algorithm string       `json:"algorithm"` // ed25519
	Key       []byte       `json:"key"`       // the public key's 32 bytes
	Value     []byte       `json:"value"`
	Succeeds  []Succession `json:"succeeds,omitempty"` // older keys that vouch for this one
}

// Fingerprint names the key that signed.
func (s Signature) Fingerprint() Fingerprint { return FingerprintOf(s.Key) }

// signatures is the entry "signature".
type signatures struct {
	Signatures []Signature `json:"signatures"`
}

// sign makes the key's signature of a package.
func (k *PrivateKey) sign(digest string, public *PublicKey) Signature {
	return Signature{Algorithm: algorithm, Key: public.Key, Value: ed25519.Sign(k.key, signedMessage(digest)), Succeeds: public.Succeeds}
}

func signedMessage(digest string) []byte {
	sum, _ := hex.DecodeString(digest) // made by Digest
	return append([]byte(packageDomain), sum...)
}

// check reports whether the signature is the key's, for this package, and its
// older keys' words are theirs.
func (s Signature) check(digest string) error {
	wrong := func(cause error) error {
		return errors.Wrap(cause, errors.Invalid, "pack.signature.wrong", "key", s.Fingerprint().Short())
	}
	if s.Algorithm != algorithm {
		return errors.New(errors.Invalid, "pack.signature.algorithm", "algorithm", quoted(s.Algorithm))
	}
	if len(s.Key) != ed25519.PublicKeySize || !ed25519.Verify(s.Key, signedMessage(digest), s.Value) {
		return wrong(nil)
	}
	if err := checkSuccession(s.Key, s.Succeeds); err != nil {
		return wrong(err)
	}
	return nil
}

// ParseSignatures reads the entry "signature".
func ParseSignatures(text []byte) ([]Signature, error) {
	var list signatures
	if err := strict(text, &list); err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "pack.index", "field", signatureName)
	}
	if n := len(list.Signatures); n == 0 || n > maxSigners {
		return nil, errors.New(errors.Invalid, "pack.signature.number", "n", n, "limit", maxSigners)
	}
	return list.Signatures, nil
}

func encodeSignatures(list []Signature) ([]byte, error) {
	text, err := json.MarshalIndent(signatures{list}, "", " ")
	if err != nil {
		return nil, errors.Internal(err)
	}
	return append(text, '\n'), nil
}
