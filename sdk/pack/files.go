package pack

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Files hands every file to take, in order, and returns the manifest when all
// were what the index says, and nothing else was there. What take reads may
// still turn out wrong: it counts only when Files returned without error. take
// need not read to the end.
func (p *Package) Files(take func(f File, content io.Reader) error) (*manifest.Manifest, error) {
	z, err := expand(p.at, p.frames[len(p.frames)-1])
	if err != nil {
		return nil, err
	}
	defer z.Close()
	t := tar.NewReader(z)
	var text bytes.Buffer
	for _, f := range p.Index.Files {
		h, err := t.Next()
		if err == io.EOF {
			return nil, errors.New(errors.Invalid, "pack.file.missing", "file", f.Path)
		}
		if err != nil {
			return nil, errors.Wrap(err, errors.Invalid, "pack.broken")
		}
		if err := checkHeader(h, f.Path, f.Mode, f.Size); err != nil {
			return nil, err
		}
		c := &content{tar: t, file: f, sum: sha256.New()}
		var r io.Reader = c
		if f.Path == manifestName {
			r = io.TeeReader(c, &text)
		}
		if err := take(f, r); err != nil {
			return nil, err
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			return nil, err
		}
	}
	if err := atEnd(t, z); err != nil {
		return nil, err
	}
	return p.manifest(&text)
}

// content is one file, which ends in an error when it is not what was said.
type content struct {
	tar  io.Reader
	file File
	sum  hash.Hash
}

// Read implements io.Reader.
func (c *content) Read(b []byte) (int, error) {
	n, err := c.tar.Read(b)
	c.sum.Write(b[:n])
	switch {
	case err == nil:
		return n, nil
	case err != io.EOF:
		return n, errors.Wrap(err, errors.Invalid, "pack.broken")
	case hex.EncodeToString(c.sum.Sum(nil)) != c.file.SHA256:
		return n, errors.New(errors.Invalid, "pack.file.content", "file", c.file.Path)
	}
	return n, io.EOF
}

// atEnd wants the end of the archive and nothing after it.
func atEnd(t *tar.Reader, z io.Reader) error {
	h, err := t.Next()
	if err == nil {
		return errors.New(errors.Invalid, "pack.file.unlisted", "file", quoted(h.Name), "want", "")
	}
	if err != io.EOF {
		return errors.Wrap(err, errors.Invalid, "pack.broken")
	}
	n, err := io.ReadFull(z, make([]byte, 1))
	if n > 0 {
		return errors.New(errors.Invalid, "pack.trailing", "file", "tar")
	}
	if err != io.EOF {
		return errors.Wrap(err, errors.Invalid, "pack.broken")
	}
	return nil
}

// manifest reads module.yaml, which must speak of the same module.
func (p *Package) manifest(text io.Reader) (*manifest.Manifest, error) {
	m, err := manifest.Parse(text, manifestName)
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "pack.manifest", "why", err.Error())
	}
	for field, same := range map[string]bool{"id": m.ID == p.Index.ID, "version": m.Version == p.Index.Version, "sdk": m.SDK == p.Index.Protocol} {
		if !same {
			return nil, errors.New(errors.Invalid, "pack.manifest.other", "field", field)
		}
	}
	return m, nil
}

// Verify checks a package wholly: that t trusts who signed it, and that every
// file is what was signed.
func (p *Package) Verify(t *Trust) (Fingerprint, *manifest.Manifest, error) {
	by, err := t.Check(p.Digest, p.Signatures)
	if err != nil {
		return "", nil, err
	}
	m, err := p.Files(func(File, io.Reader) error { return nil })
	return by, m, err
}
