package sdk

import (
	"context"
	"io"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// Files keeps the files of the viewer's school in the core.
type Files struct{ call *call }

// File describes a stored file.
type File struct {
	ID     string
	Name   string
	Size   int64  // bytes
	MIME   string // found by the core in the content, not what a browser said
	SHA256 string
}

// chunk is how much of a file one message carries.
const chunk = 128 << 10

// Put stores what r yields until io.EOF, however long it is, under this name.
func (f Files) Put(name string, r io.Reader) (File, error) {
	ctx, cancel := context.WithCancel(f.call.out())
	defer cancel() // a reader that fails leaves no half file behind
	stream, err := wire.NewFilesClient(f.call.conn).Put(ctx)
	if err != nil {
		return File{}, errors.FromStatus(err)
	}
	first := &wire.PutRequest{Name: name}
	if err := stream.Send(first); err != nil {
		return f.closed(stream)
	}
	buf := make([]byte, chunk)
	for {
		n, err := io.ReadFull(r, buf)
		if n > 0 && stream.Send(&wire.PutRequest{Chunk: buf[:n]}) != nil {
			return f.closed(stream)
		}
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return f.closed(stream)
		default:
			return File{}, err
		}
	}
}

// closed ends the sending and returns the core's word: the file, or why the
// stream broke.
func (f Files) closed(stream wire.Files_PutClient) (File, error) {
	info, err := stream.CloseAndRecv()
	return fileOf(info), errors.FromStatus(err)
}

// Get opens a stored file; the caller closes it.
func (f Files) Get(id string) (io.ReadCloser, File, error) {
	file, err := f.Stat(id)
	if err != nil {
		return nil, File{}, err
	}
	ctx, cancel := context.WithCancel(f.call.out())
	stream, err := wire.NewFilesClient(f.call.conn).Get(ctx, &wire.GetRequest{Id: id})
	if err != nil {
		cancel()
		return nil, File{}, errors.FromStatus(err)
	}
	return &download{stream: stream, cancel: cancel}, file, nil
}

// Stat describes a stored file without opening it.
func (f Files) Stat(id string) (File, error) {
	info, err := invoke(f.call, wire.NewFilesClient(f.call.conn).Stat, &wire.GetRequest{Id: id})
	return fileOf(info), err
}

// Delete forgets a stored file.
func (f Files) Delete(id string) error {
	_, err := invoke(f.call, wire.NewFilesClient(f.call.conn).Delete, &wire.GetRequest{Id: id})
	return err
}

func fileOf(i *wire.FileInfo) File {
	return File{ID: i.GetId(), Name: i.GetName(), Size: i.GetSize(), MIME: i.GetMime(), SHA256: i.GetSha256()}
}

// download reads the chunks of a stream.
type download struct {
	stream wire.Files_GetClient
	cancel context.CancelFunc
	rest   []byte
}

// Read implements io.Reader.
func (d *download) Read(p []byte) (int, error) {
	for len(d.rest) == 0 {
		m, err := d.stream.Recv()
		if err == io.EOF {
			return 0, io.EOF
		}
		if err != nil {
			return 0, errors.FromStatus(err)
		}
		d.rest = m.GetChunk()
	}
	n := copy(p, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

// Close implements io.Closer.
func (d *download) Close() error {
	d.cancel()
	return nil
}
