package packages

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/pack"
	"github.com/preau-ent/preau/sdk/store"
)

// Config says where packages are kept.
type Config struct {
	Dir      string // of the store; made when missing
	Trust    string // the operator's keys and revocations: *.pub and revoked; may be missing
	Platform string // empty: this machine's
	Engine   store.Engine
	Audit    *audit.Log
}

// Store keeps packages. Make one with [Open].
type Store struct{ cfg Config }

// Package is one version of one module, checked.
type Package struct {
	Digest   string
	Key      pack.Fingerprint // for which it is trusted
	Folder   string           // of the module: …/<id>
	Manifest *manifest.Manifest
	// Executable is what the vendor signed as the executable for this platform.
	Executable seal.Content
}

// What the folders of the store are called.
const (
	prefix    = "sha256-"
	temporary = ".new-"
)

// Open returns the store of a folder and sweeps away what an interrupted Add
// left.
func Open(cfg Config) (*Store, error) {
	if cfg.Platform == "" {
		cfg.Platform = pack.Platform()
	}
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, errors.Internal(err)
	}
	cfg.Dir = dir
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, unusable(err, cfg.Dir)
	}
	left, err := filepath.Glob(filepath.Join(cfg.Dir, temporary+"*"))
	for _, l := range left {
		err = errors.Join(err, erase(l))
	}
	if err != nil {
		return nil, unusable(err, cfg.Dir)
	}
	return &Store{cfg}, nil
}

// Look checks a package file wholly, without taking it in: the Folder of what
// it returns is empty.
func (s *Store) Look(file string) (Package, error) {
	p, err := pack.Open(file)
	if err != nil {
		return Package{}, err
	}
	defer p.Close()
	if _, err := p.Index.Binary(s.cfg.Platform); err != nil {
		return Package{}, err
	}
	trust, err := pack.ReadTrust(s.cfg.Trust)
	if err != nil {
		return Package{}, err
	}
	by, m, err := p.Verify(trust)
	return Package{Digest: p.Digest, Key: by, Manifest: m}, err
}

// Add takes a package into the store, once it is found trusted and whole. A
// package that is there already is checked again.
func (s *Store) Add(_ context.Context, file string) (Package, error) {
	p, err := pack.Open(file)
	if err != nil {
		return Package{}, err
	}
	defer p.Close()
	trust, err := pack.ReadTrust(s.cfg.Trust)
	if err != nil {
		return Package{}, err
	}
	if _, err := trust.Check(p.Digest, p.Signatures); err != nil {
		return Package{}, err
	}
	place := s.place(p.Digest)
	if _, err := os.Lstat(place); err == nil {
		found, err := s.Check(p.Digest)
		if err == nil {
			return found, nil
		}
		if err := erase(place); err != nil { // damaged: here it comes anew
			return Package{}, unusable(err, place)
		}
	}
	binary, err := p.Index.Binary(s.cfg.Platform)
	if err != nil {
		return Package{}, err
	}
	if err := s.unpack(p, binary, place); err != nil {
		return Package{}, err
	}
	return s.Check(p.Digest)
}

// unpack writes the files beside their place and moves them there when all of
// them are whole and on disk.
func (s *Store) unpack(p *pack.Package, binary, place string) (err error) {
	dir, err := os.MkdirTemp(s.cfg.Dir, temporary)
	if err != nil {
		return unusable(err, s.cfg.Dir)
	}
	defer func() { err = errors.Join(err, erase(dir)) }()
	w := &writer{dir: dir}
	w.write(indexFile, false, strings.NewReader(string(p.IndexText)))
	w.write(signatureFile, false, strings.NewReader(string(p.SignatureText)))
	_, err = p.Files(func(f pack.File, content io.Reader) error {
		if name, wanted := placed(p.Index, f, binary); wanted {
			return w.write(name, f.Executable(), content)
		}
		return nil
	})
	if err == nil {
		err = w.seal()
	}
	if err == nil {
		err = os.Rename(dir, place)
	}
	var known *errors.Error
	if err == nil || errors.As(err, &known) {
		return errors.Join(err, syncFolder(s.cfg.Dir))
	}
	return unusable(err, s.cfg.Dir)
}

// placed says where in the store a file of a package lies; the executables of
// other platforms lie nowhere.
func placed(i *pack.Index, f pack.File, binary string) (name string, wanted bool) {
	switch {
	case f.Path == binary:
		return filepath.Join(string(i.ID), string(i.ID)), true
	case f.Executable():
		return "", false
	}
	return filepath.Join(string(i.ID), filepath.FromSlash(f.Path)), true
}

func (s *Store) place(digest string) string { return filepath.Join(s.cfg.Dir, prefix+digest) }

// Drop takes the files of a package away; none is no error. Nobody may be
// running them.
func (s *Store) Drop(digest string) error {
	away := filepath.Join(s.cfg.Dir, temporary+digest)
	if err := erase(away); err != nil { // what a Drop that failed half-way left
		return unusable(err, s.cfg.Dir)
	}
	if err := os.Rename(s.place(digest), away); err != nil && !errors.Is(err, os.ErrNotExist) {
		return unusable(err, s.cfg.Dir)
	}
	if err := erase(away); err != nil {
		return unusable(err, s.cfg.Dir)
	}
	return nil
}

// Versions lists the digests of what the store holds of a module, whatever
// state it is in.
func (s *Store) Versions(id ids.ModuleID) ([]string, error) {
	found, err := filepath.Glob(filepath.Join(s.cfg.Dir, prefix+"*", string(id)))
	if err != nil {
		return nil, errors.Internal(err)
	}
	for i, f := range found {
		found[i] = strings.TrimPrefix(filepath.Base(filepath.Dir(f)), prefix)
	}
	return found, nil
}

func unusable(err error, folder string) error {
	return errors.Wrap(err, errors.Unavailable, "packages.folder", "folder", folder)
}
