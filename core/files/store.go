package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/gcerrors"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Store keeps files. Make one with [Open].
type Store struct {
	bucket *blob.Bucket
	engine store.Engine
	now    func() time.Time

	shrinking chan struct{} // holds who makes a picture smaller
}

var entries = store.NewCollection("files", store.Index("module", func(i *Info) store.Key { return store.K(i.Module, i.At, i.ID) }))

// Open opens the bucket at place, a folder (made when missing) or a
// gocloud.dev/blob URL whose driver is linked in.
func Open(ctx context.Context, place string, engine store.Engine) (*Store, error) {
	bucket, err := open(ctx, place)
	if err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "files.open", "place", place)
	}
	return &Store{bucket: bucket, engine: engine, now: time.Now, shrinking: make(chan struct{}, 1)}, nil
}

func open(ctx context.Context, place string) (*blob.Bucket, error) {
	if u, err := url.Parse(place); err == nil && len(u.Scheme) > 1 {
		return blob.OpenBucket(ctx, place)
	}
	return fileblob.OpenBucket(place, &fileblob.Options{
		CreateDir: true, DirFileMode: 0o700,
		NoTempDir: true,                       // a rename within one disk is what makes a file whole or absent
		Metadata:  fileblob.MetadataDontWrite, // ours is in the store
	})
}

// Close closes the bucket.
func (s *Store) Close() error { return s.bucket.Close() }

// Put is [Store.PutWithin] with a bound for the file alone.
func (s *Store) Put(ctx context.Context, school ids.SchoolID, module ids.ModuleID, by ids.PersonID, name string, r io.Reader, limit int64) (Info, error) {
	return s.PutWithin(ctx, school, module, by, name, r, Bounds{File: limit})
}

// PutWithin stores what r holds and returns what is known of it; TooLarge beyond
// the bounds, and then nothing is kept.
func (s *Store) PutWithin(ctx context.Context, school ids.SchoolID, module ids.ModuleID, by ids.PersonID, name string, r io.Reader, most Bounds) (Info, error) {
	info := Info{ID: ids.New(), Module: module, Name: cleanName(name), By: by, At: s.now()}
	space, err := s.engine.Open(ctx, school)
	if err != nil {
		return Info{}, err
	}
	key := keyOf(school, module, info.ID)
	if err := s.write(ctx, key, &info, r, most.File); err != nil {
		return Info{}, err
	}
	err = space.Update(ctx, func(tx store.Tx) error {
		if err := hold(tx, module, info.Size, most.School); err != nil {
			return err
		}
		return entries.Insert(tx, &info)
	})
	if err != nil {
		s.bucket.Delete(context.WithoutCancel(ctx), key)
		return Info{}, err
	}
	return info, nil
}

// write streams r into the bucket while it counts, sniffs and sums.
func (s *Store) write(ctx context.Context, key string, info *Info, r io.Reader, limit int64) error {
	ctx, cancel := context.WithCancel(ctx) // a writer whose context ended keeps nothing
	defer cancel()
	w, err := s.bucket.NewWriter(ctx, key, &blob.WriterOptions{ContentType: "application/octet-stream", DisableContentTypeDetection: true})
	if err != nil {
		return errors.Wrap(err, errors.Unavailable, "files.write")
	}
	sum, head := sha256.New(), &sniffer{}
	if limit > 0 {
		r = &bounded{r: r, left: limit}
	}
	info.Size, err = io.CopyBuffer(io.MultiWriter(w, sum, head), onlyReader{r}, make([]byte, 128<<10))
	if err != nil {
		cancel()
		w.Close()
		var known *errors.Error
		if errors.As(err, &known) || ctx.Err() == nil {
			return err
		}
		return errors.Wrap(err, errors.Unavailable, "files.write")
	}
	if err := w.Close(); err != nil {
		return errors.Wrap(err, errors.Unavailable, "files.write")
	}
	info.SHA256, info.MIME = hex.EncodeToString(sum.Sum(nil)), mimetype.Detect(head.b).String()
	return nil
}

// Stat says what is known of a file; NotFound.
func (s *Store) Stat(ctx context.Context, school ids.SchoolID, module ids.ModuleID, id string) (Info, error) {
	space, err := s.engine.Open(ctx, school)
	if err != nil {
		return Info{}, err
	}
	var info *Info
	err = space.View(ctx, func(tx store.Tx) (err error) { info, err = entries.Get(tx, id); return err })
	if errors.KindOf(err) == errors.NotFound || err == nil && info.Module != module {
		return Info{}, errors.New(errors.NotFound, "files.gone")
	}
	if err != nil {
		return Info{}, err
	}
	return *info, nil
}

// Open opens a file of this module in this school; NotFound.
func (s *Store) Open(ctx context.Context, school ids.SchoolID, module ids.ModuleID, id string) (*File, error) {
	info, err := s.Stat(ctx, school, module, id)
	if err != nil {
		return nil, err
	}
	r, err := s.bucket.NewReader(ctx, keyOf(school, module, id), nil)
	switch {
	case gcerrors.Code(err) == gcerrors.NotFound:
		return nil, errors.Wrap(err, errors.NotFound, "files.gone")
	case err != nil:
		return nil, errors.Wrap(err, errors.Unavailable, "files.read")
	}
	return &File{Info: info, ReadSeekCloser: r}, nil
}

// Delete removes a file; NotFound.
func (s *Store) Delete(ctx context.Context, school ids.SchoolID, module ids.ModuleID, id string) error {
	info, err := s.Stat(ctx, school, module, id)
	if err != nil {
		return err
	}
	space, err := s.engine.Open(ctx, school)
	if err != nil {
		return err
	}
	// The entry first: a file without entry is nobody's, an entry without file lies.
	err = space.Update(ctx, func(tx store.Tx) error {
		if _, err := holdings.Get(tx, string(module)); err == nil { // an account made now would lack it already
			if err := hold(tx, module, -info.Size, 0); err != nil {
				return err
			}
		}
		return entries.Delete(tx, id)
	})
	if err != nil {
		return err
	}
	if err := s.dropSmall(ctx, keyOf(school, module, id)); err != nil {
		return err
	}
	err = s.bucket.Delete(ctx, keyOf(school, module, id))
	if err != nil && gcerrors.Code(err) != gcerrors.NotFound {
		return errors.Wrap(err, errors.Unavailable, "files.write")
	}
	return nil
}

func keyOf(school ids.SchoolID, module ids.ModuleID, id string) string {
	return string(school) + "/" + string(module) + "/" + id
}

const maxName = 200 // letters

// cleanName keeps the last part of what a browser sent, without what would
// break a header or a folder.
func cleanName(name string) string {
	name = strings.ToValidUTF8(path.Base(strings.ReplaceAll(name, `\`, "/")), "")
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, name))
	if utf8.RuneCountInString(name) > maxName {
		ext := path.Ext(name)
		if utf8.RuneCountInString(ext) > 20 {
			ext = ""
		}
		name = string([]rune(name)[:maxName-utf8.RuneCountInString(ext)]) + ext
	}
	if name == "" || name == "." || name == ".." || name == "/" {
		return "fichier"
	}
	return name
}
