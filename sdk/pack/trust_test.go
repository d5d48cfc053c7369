package pack

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// signed writes a package to a file, signed by each of these pairs.
func signed(t testing.TB, pairs ...*pair) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bonjour-0.1.0.preau")
	check(t, os.WriteFile(path, build(t, contents()), 0o644))
	for _, p := range pairs {
		_, err := Sign(path, p.private, p.public)
		check(t, err)
	}
	return path
}

type pair struct {
	private *PrivateKey
	public  *PublicKey
}

func newPair(t testing.TB) *pair {
	t.Helper()
	k, err := NewKey()
	check(t, err)
	return &pair{k, k.Public()}
}

// after is a new pair for which this one vouches.
func (p *pair) after(t testing.TB) *pair {
	next := newPair(t)
	next.public = p.private.Succeed(p.public, next.public)
	return next
}

func verify(t testing.TB, path string, trust *Trust) (Fingerprint, error) {
	t.Helper()
	p, err := Open(path)
	check(t, err)
	defer p.Close()
	by, _, err := p.Verify(trust)
	return by, err
}

func TestSignAndVerify(t *testing.T) {
	one, two, stranger := newPair(t), newPair(t), newPair(t)
	path := signed(t, one)
	before, err := os.ReadFile(path)
	check(t, err)
	if by, err := verify(t, path, NewTrust(one.public)); err != nil || by != one.public.Fingerprint() {
		t.Errorf("by %s, %v", by, err)
	}
	if _, err := verify(t, path, NewTrust(stranger.public)); !says(err, "pack.untrusted", one.public.Fingerprint().Short()) {
		t.Errorf("signed by somebody else: %v", err)
	}
	if _, err := verify(t, signed(t), NewTrust(one.public)); !says(err, "pack.unsigned") {
		t.Errorf("not signed: %v", err)
	}
	_, err = Sign(path, one.private, one.public)
	check(t, err)
	again, err := os.ReadFile(path)
	check(t, err)
	if !bytes.Equal(before, again) {
		t.Error("signing twice with a key changed the file")
	}
	_, err = Sign(path, two.private, two.public)
	check(t, err)
	for _, p := range []*pair{one, two} {
		if by, err := verify(t, path, NewTrust(p.public)); err != nil || by != p.public.Fingerprint() {
			t.Errorf("with two signatures: by %s, %v", by, err)
		}
	}
	if _, err := Sign(path, one.private, two.public); !says(err, "pack.key.pair") {
		t.Errorf("halves of two pairs: %v", err)
	}
}

// TestSigningTouchesNothingElse: index and files stay as they were, byte by byte.
func TestSigningTouchesNothingElse(t *testing.T) {
	raw := build(t, contents())
	list, err := frames(bytes.NewReader(raw), int64(len(raw)), 3)
	check(t, err)
	path := signed(t, newPair(t))
	after, err := os.ReadFile(path)
	check(t, err)
	if !bytes.HasPrefix(after, raw[:list[0].length]) || !bytes.HasSuffix(after, raw[list[1].offset:]) {
		t.Error("signing changed more than the signatures")
	}
}

// TestForgedSignatures: a signature for another package, by another key, with
// another algorithm, next to a good one.
func TestForgedSignatures(t *testing.T) {
	one, two := newPair(t), newPair(t)
	digest, other := Digest([]byte("a")), Digest([]byte("b"))
	good := one.private.sign(digest, one.public)
	for name, c := range map[string]struct {
		s   Signature
		key string
	}{
		"of another package": {one.private.sign(other, one.public), "pack.signature.wrong"},
		"by another key":     {two.private.sign(digest, one.public), "pack.signature.wrong"},
		"another algorithm":  {Signature{Algorithm: "none", Key: one.public.Key}, "pack.signature.algorithm"},
		"no key":             {Signature{Algorithm: "ed25519", Value: good.Value}, "pack.signature.wrong"},
		"a made-up elder": {Signature{Algorithm: "ed25519", Key: good.Key, Value: good.Value,
			Succeeds: []Succession{{Key: two.public.Key, Value: make([]byte, 64)}}}, "pack.signature.wrong"},
	} {
		for _, list := range [][]Signature{{c.s}, {good, c.s}} {
			if _, err := NewTrust(one.public).Check(digest, list); !says(err, c.key) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	// A key's word for a successor is no signature of a package, nor the reverse.
	statement := one.private.Succeed(one.public, &PublicKey{Key: two.public.Key}).Succeeds[0].Value
	if (Signature{Algorithm: "ed25519", Key: one.public.Key, Value: statement}).check(digest) == nil {
		t.Error("a statement about a key passed for a signature")
	}
}

// TestSuccession: whoever trusts an older key trusts the newer, and back no
// further than a revoked one.
func TestSuccession(t *testing.T) {
	first := newPair(t)
	second := first.after(t)
	third := second.after(t)
	path := signed(t, third)
	name := func(p *pair) string { return string(p.public.Fingerprint()) }
	for _, c := range []struct {
		what    string
		trusted *pair
		revoked string
		key     string
	}{
		{"the key itself", third, "", ""},
		{"its elder", second, "", ""},
		{"the eldest", first, "", ""},
		{"a stranger", newPair(t), "", "pack.untrusted"},
		{"the key, revoked", third, "key " + name(third), "pack.revoked.key"},
		{"an elder, the key revoked", second, "key " + name(third), "pack.revoked.key"},
		{"the eldest, one between revoked", first, "key " + name(second), "pack.revoked.key"},
		{"the eldest, revoked", first, "key " + name(first), "pack.revoked.key"},
		{"the key, its elder revoked", third, "key " + name(second), ""},
	} {
		trust := NewTrust(c.trusted.public)
		check(t, trust.Revoke([]byte(c.revoked)))
		by, err := verify(t, path, trust)
		if c.key == "" && (err != nil || by != third.public.Fingerprint()) || c.key != "" && !says(err, c.key) {
			t.Errorf("%s: by %s, %v", c.what, by, err)
		}
	}
	text, err := ParsePublicKey(third.public.Encode())
	if err != nil || len(text.Succeeds) != 2 || !bytes.Equal(text.Encode(), third.public.Encode()) {
		t.Errorf("written and read again: %+v, %v", text, err)
	}
	broken := bytes.Replace(third.public.Encode(), third.public.Encode()[90:100], []byte("AAAAAAAAAA"), 1)
	if _, err := ParsePublicKey(broken); err == nil {
		t.Error("a changed key passed")
	}
}

func TestTrustFolder(t *testing.T) {
	one, two := newPair(t), newPair(t)
	path, dir := signed(t, one), t.TempDir()
	trust := func() *Trust {
		list, err := ReadTrust(dir)
		check(t, err)
		return list
	}
	if _, err := verify(t, path, trust()); !says(err, "pack.untrusted") {
		t.Errorf("an empty folder: %v", err)
	}
	write(t, dir+"/one.pub", string(one.public.Encode()))
	write(t, dir+"/two.pub", string(two.public.Encode()))
	write(t, dir+"/notes.txt", "not a key")
	if _, err := verify(t, path, trust()); err != nil {
		t.Error(err)
	}
	p, err := Open(path)
	check(t, err)
	p.Close()
	for text, key := range map[string]string{
		"# none":              "",
		"package " + p.Digest: "pack.revoked.package",
		"\n# lost in a train\nkey " + string(one.public.Fingerprint()) + " # 2026": "pack.revoked.key",
		"key " + string(two.public.Fingerprint()):                                  "",
	} {
		write(t, dir+"/revoked", text)
		if _, err := verify(t, path, trust()); key == "" && err != nil || key != "" && !says(err, key) {
			t.Errorf("revoked %q: %v", text, err)
		}
	}
	for _, text := range []string{"key", "key abc", "everything " + p.Digest, "key " + p.Digest + " more"} {
		write(t, dir+"/revoked", text)
		if _, err := ReadTrust(dir); !says(err, "pack.key.unreadable", dir+"/revoked") {
			t.Errorf("revoked %q: %v", text, err)
		}
	}
	os.Remove(dir + "/revoked")
	write(t, dir+"/three.pub", "preau public key 1\nkey AAAA\n")
	if _, err := ReadTrust(dir); !says(err, "pack.key.unreadable", dir+"/three.pub") {
		t.Errorf("a broken key: %v", err)
	}
	if list, err := ReadTrust(dir + "/none"); err != nil || len(list.keys) > 0 {
		t.Errorf("no folder: %v", err)
	}
}

func TestPrivateKeyFile(t *testing.T) {
	one := newPair(t)
	text, err := one.private.Encode()
	check(t, err)
	path := filepath.Join(t.TempDir(), "preau.key")
	check(t, os.WriteFile(path, text, 0o600))
	k, err := ReadPrivateKey(path)
	if err != nil || k.Public().Fingerprint() != one.public.Fingerprint() {
		t.Errorf("read back: %v", err)
	}
	check(t, os.Chmod(path, 0o644))
	if _, err := ReadPrivateKey(path); !says(err, "pack.key.open", path) {
		t.Errorf("a key that others may read: %v", err)
	}
	for _, text := range []string{"", "x", string(one.public.Encode()), string(text) + "more"} {
		check(t, os.WriteFile(path, []byte(text), 0o600))
		check(t, os.Chmod(path, 0o600))
		if _, err := ReadPrivateKey(path); !says(err, "pack.key.unreadable", path) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
