package pack

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"os"

	"github.com/preau-ent/preau/sdk/errors"
)

// Fingerprint names a key: the SHA-256 of its 32 bytes, in hex.
type Fingerprint string

// Short is what is shown of a fingerprint where there is little room.
func (f Fingerprint) Short() string { return string(f[:min(len(f), 16)]) }

// FingerprintOf names a public key.
func FingerprintOf(key ed25519.PublicKey) Fingerprint {
	sum := sha256.Sum256(key)
	return Fingerprint(hex.EncodeToString(sum[:]))
}

// What is signed begins with what it is, so that no signature passes for one of
// another kind.
const (
	packageDomain = "preau package 1\n"
	keyDomain     = "preau key 1\n"
)

// PrivateKey signs packages.
type PrivateKey struct{ key ed25519.PrivateKey }

// NewKey makes a private key.
func NewKey() (*PrivateKey, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, errors.Internal(err)
	}
	return &PrivateKey{key}, nil
}

// Public returns the other half of the key, with no older key.
func (k *PrivateKey) Public() *PublicKey {
	return &PublicKey{Key: k.key.Public().(ed25519.PublicKey)}
}

// Succeed has k, the older key, vouch for the newer one.
func (k *PrivateKey) Succeed(older, newer *PublicKey) *PublicKey {
	by := Succession{Key: k.key.Public().(ed25519.PublicKey), Value: ed25519.Sign(k.key, append([]byte(keyDomain), newer.Key...))}
	return &PublicKey{Key: newer.Key, Succeeds: append([]Succession{by}, older.Succeeds...)}
}

// pemType is what a PKCS #8 key is called.
const pemType = "PRIVATE KEY"

// Encode writes the key as PKCS #8 in PEM.
func (k *PrivateKey) Encode() ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(k.key)
	if err != nil {
		return nil, errors.Internal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: pemType, Bytes: der}), nil
}

// ReadPrivateKey reads a preau.key. Denied when others than its owner may read
// it.
func ReadPrivateKey(path string) (*PrivateKey, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, errors.Wrap(err, errors.NotFound, "pack.key.none", "file", path)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, errors.New(errors.Denied, "pack.key.open", "file", path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, errors.Wrap(err, errors.NotFound, "pack.key.none", "file", path)
	}
	wrong := func(err error) error { return errors.Wrap(err, errors.Invalid, "pack.key.unreadable", "file", path) }
	block, rest := pem.Decode(text)
	if block == nil || block.Type != pemType || len(bytes.TrimSpace(rest)) > 0 {
		return nil, wrong(nil)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, wrong(err)
	}
	key, ok := parsed.(ed25519.PrivateKey)
	if !ok {
		return nil, wrong(nil)
	}
	return &PrivateKey{key}, nil
}
