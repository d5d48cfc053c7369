package pack

import (
	"io"
	"os"

	"github.com/preau-ent/preau/sdk/errors"
)

// Package is an opened package: its index is sound, its signatures can be
// read. Nothing is said yet of who signed it, see [Trust.Check], nor of the
// files, see [Package.Files].
type Package struct {
	Index      *Index
	Digest     string      // SHA-256 of the index, in hex
	Signatures []Signature // none: unsigned

	IndexText     []byte // index.json as it is in the package
	SignatureText []byte // signature likewise; nil: unsigned

	at     io.ReaderAt
	frames []frame
	limits Limits
	close  func() error
}

// Open opens the package in a file; it must be closed.
func Open(path string) (*Package, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, errors.Wrap(err, errors.NotFound, "pack.nofile", "file", path)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New(errors.Invalid, "pack.nopackage")
	}
	var p *Package
	if err == nil {
		p, err = Read(f, info.Size(), Usual)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	p.close = f.Close
	return p, nil
}

// Read opens the package of this size in r.
func Read(r io.ReaderAt, size int64, limits Limits) (*Package, error) {
	if size > limits.Package {
		return nil, errors.New(errors.TooLarge, "pack.total", "limit", limits.Package)
	}
	list, err := frames(r, size, 3)
	if err != nil {
		return nil, err
	}
	if len(list) < 2 {
		return nil, errors.New(errors.Invalid, "pack.nopackage")
	}
	p := &Package{at: r, frames: list, limits: limits, close: func() error { return nil }}
	if p.IndexText, err = readEntry(r, list[0], indexName, maxIndex); err != nil {
		return nil, err
	}
	if p.Index, err = ParseIndex(p.IndexText, limits); err != nil {
		return nil, err
	}
	if p.Index.size() > limits.Ratio*size {
		return nil, errors.New(errors.TooLarge, "pack.bomb", "limit", limits.Ratio)
	}
	p.Digest = Digest(p.IndexText)
	if len(list) == 3 {
		if p.SignatureText, err = readEntry(r, list[1], signatureName, maxSignature); err != nil {
			return nil, err
		}
		p.Signatures, err = ParseSignatures(p.SignatureText)
	}
	return p, err
}

// Close lets go of the file.
func (p *Package) Close() error { return p.close() }
