package pack

import (
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
)

// Sign adds the key's signature to the package in a file, or renews it; public
// says which older keys the key succeeds. Only the frame of signatures changes.
// The file is replaced at once or not at all.
func Sign(path string, key *PrivateKey, public *PublicKey) (*Package, error) {
	p, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	if public.Fingerprint() != key.Public().Fingerprint() {
		return nil, errors.New(errors.Invalid, "pack.key.pair")
	}
	if _, err := p.Files(func(File, io.Reader) error { return nil }); err != nil {
		return nil, err // nobody signs what nobody could install
	}
	p.Signatures = slices.DeleteFunc(p.Signatures, func(s Signature) bool { return s.Fingerprint() == public.Fingerprint() })
	p.Signatures = append(p.Signatures, key.sign(p.Digest, public))
	if len(p.Signatures) > maxSigners {
		return nil, errors.New(errors.Invalid, "pack.signature.number", "n", len(p.Signatures), "limit", maxSigners)
	}
	if p.SignatureText, err = encodeSignatures(p.Signatures); err != nil {
		return nil, err
	}
	return p, unwritable(replace(path, p.write))
}

// write puts the package together from the frames it has and its signatures.
func (p *Package) write(w io.Writer) error {
	copied := func(f frame) error {
		_, err := io.Copy(w, io.NewSectionReader(p.at, f.offset, f.length))
		return err
	}
	if err := copied(p.frames[0]); err != nil {
		return err
	}
	if err := writeEntry(w, signatureName, p.SignatureText); err != nil {
		return err
	}
	return copied(p.frames[len(p.frames)-1])
}

// replace writes a file beside the one there is and takes its place.
func replace(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".preau-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = write(f)
	if err == nil {
		err = errors.Join(f.Chmod(0o644), f.Sync())
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
