package plugintest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// files keeps uploads in a folder.
type files struct {
	folder string

	mu   sync.Mutex
	kept map[string]stored
}

type stored struct {
	school ids.SchoolID
	info   *wire.FileInfo
}

func newFiles(folder string) (*files, error) {
	return &files{folder: folder, kept: map[string]stored{}}, os.MkdirAll(folder, 0o700)
}

// find returns a school's file; another school's does not exist.
func (f *files) find(s ids.SchoolID, id string) (*wire.FileInfo, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	one, ok := f.kept[id]
	if !ok || one.school != s {
		return nil, errors.New(errors.NotFound, "")
	}
	return one.info, nil
}

// Stored returns the files that the module keeps in the first school.
func (h *Harness) Stored() []*wire.FileInfo {
	f := h.core.files
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []*wire.FileInfo
	for _, s := range f.kept {
		if s.school == h.School.ID {
			out = append(out, proto.CloneOf(s.info))
		}
	}
	return out
}

type fileService struct {
	wire.UnimplementedFilesServer
	core *core
}

// Put implements wire.FilesServer.
func (s fileService) Put(stream wire.Files_PutServer) error {
	who, err := s.core.who(stream.Context(), manifest.WriteFiles)
	if err != nil {
		return err
	}
	first, err := stream.Recv()
	if err != nil {
		return err
	}
	id := ids.New()
	f, err := os.Create(filepath.Join(s.core.files.folder, id))
	if err != nil {
		return err
	}
	defer f.Close()
	sum, head, size := sha256.New(), []byte(nil), int64(0)
	for m := first; err == nil; m, err = stream.Recv() {
		head = append(head, m.GetChunk()[:min(len(m.GetChunk()), 512)]...)
		size += int64(len(m.GetChunk()))
		if _, err := io.MultiWriter(f, sum).Write(m.GetChunk()); err != nil {
			return err
		}
	}
	if err != io.EOF {
		return err
	}
	info := &wire.FileInfo{
		Id: id, Name: first.GetName(), Size: size, Mime: http.DetectContentType(head), Sha256: hex.EncodeToString(sum.Sum(nil)),
	}
	s.core.files.mu.Lock()
	s.core.files.kept[id] = stored{who.school.ID, info}
	s.core.files.mu.Unlock()
	return stream.SendAndClose(info)
}

// Get implements wire.FilesServer.
func (s fileService) Get(in *wire.GetRequest, stream wire.Files_GetServer) error {
	who, err := s.core.who(stream.Context(), manifest.WriteFiles)
	if err != nil {
		return err
	}
	if _, err := s.core.files.find(who.school.ID, in.GetId()); err != nil {
		return err
	}
	f, err := os.Open(filepath.Join(s.core.files.folder, in.GetId()))
	if err != nil {
		return err
	}
	defer f.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := f.Read(buf)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.Send(&wire.GetResponse{Chunk: buf[:n]}); err != nil {
			return err
		}
	}
}

// Stat implements wire.FilesServer.
func (s fileService) Stat(ctx context.Context, in *wire.GetRequest) (*wire.FileInfo, error) {
	who, err := s.core.who(ctx, manifest.WriteFiles)
	if err != nil {
		return nil, err
	}
	return s.core.files.find(who.school.ID, in.GetId())
}

// Delete implements wire.FilesServer.
func (s fileService) Delete(ctx context.Context, in *wire.GetRequest) (*wire.DeleteResponse, error) {
	who, err := s.core.who(ctx, manifest.WriteFiles)
	if err != nil {
		return nil, err
	}
	if _, err := s.core.files.find(who.school.ID, in.GetId()); err != nil {
		return nil, err
	}
	s.core.files.mu.Lock()
	delete(s.core.files.kept, in.GetId())
	s.core.files.mu.Unlock()
	return &wire.DeleteResponse{}, os.Remove(filepath.Join(s.core.files.folder, in.GetId()))
}
