package pack

import (
	"archive/tar"
	"bytes"
	"io"
	"strconv"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
)

// header is the tar header of a file: nothing in it but name, mode and size.
func header(name, mode string, size int64) *tar.Header {
	m, _ := strconv.ParseInt(mode, 8, 64) // one of two constants
	return &tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: m, Size: size, ModTime: time.Unix(0, 0), Format: tar.FormatUSTAR}
}

// checkHeader wants the header that this file must have.
func checkHeader(h *tar.Header, name, mode string, size int64) error {
	wrong := func(key string) error { return errors.New(errors.Invalid, key, "file", quoted(h.Name)) }
	want := header(name, mode, size)
	switch {
	case h.Typeflag != tar.TypeReg:
		return wrong("pack.file.irregular")
	case h.Name != name:
		return errors.New(errors.Invalid, "pack.file.unlisted", "file", quoted(h.Name), "want", name)
	case h.Size != size:
		return wrong("pack.file.content")
	case h.Mode != want.Mode:
		return wrong("pack.file.mode")
	case h.Format != want.Format || h.Uid != 0 || h.Gid != 0 || h.Uname != "" || h.Gname != "" || !h.ModTime.Equal(want.ModTime):
		return wrong("pack.file.header")
	}
	return nil
}

// writeEntry makes a frame of one entry, without the end of the archive.
func writeEntry(w io.Writer, name string, content []byte) error {
	z, err := compress(w)
	if err != nil {
		return err
	}
	t := tar.NewWriter(z)
	if err := t.WriteHeader(header(name, modeOf(false), int64(len(content)))); err != nil {
		return errors.Internal(err)
	}
	if _, err := t.Write(content); err != nil {
		return unwritable(err)
	}
	return unwritable(errors.Join(t.Flush(), z.Close()))
}

// readEntry reads a frame that must hold this one entry.
func readEntry(r io.ReaderAt, f frame, name string, limit int64) ([]byte, error) {
	z, err := expand(r, f)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	raw, err := io.ReadAll(io.LimitReader(z, limit+1))
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "pack.broken")
	}
	if int64(len(raw)) > limit {
		return nil, errors.New(errors.TooLarge, "pack.file.size", "file", name, "size", limit)
	}
	t := tar.NewReader(bytes.NewReader(raw))
	h, err := t.Next()
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "pack.broken")
	}
	if err := checkHeader(h, name, modeOf(false), h.Size); err != nil {
		return nil, err
	}
	content, err := io.ReadAll(t)
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "pack.broken")
	}
	const block = 512 // a header, then the content in whole blocks
	if want := block + (len(content)+block-1)/block*block; len(raw) != want {
		return nil, errors.New(errors.Invalid, "pack.trailing", "file", name)
	}
	return content, nil
}

// unwritable says that a package could not be written.
func unwritable(err error) error {
	if err == nil {
		return nil
	}
	return errors.Wrap(err, errors.Unavailable, "pack.unwritable")
}
