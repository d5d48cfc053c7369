package services

import (
	"context"
	"io"

	"google.golang.org/grpc"

	"github.com/preau-ent/preau/core/files"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

const (
	maxFile = 1 << 30   // bytes of one stored file
	maxKept = 20 << 30  // bytes of a module's files in one school, when its manifest does not say
	chunk   = 128 << 10 // bytes of one message
)

type fileServer struct {
	wire.UnimplementedFilesServer
	*desk
}

func (s *fileServer) Put(stream grpc.ClientStreamingServer[wire.PutRequest, wire.FileInfo]) error {
	c, err := s.call(stream.Context(), manifest.WriteFiles)
	if err != nil {
		return err
	}
	first, err := stream.Recv()
	if err != nil {
		return err
	}
	in := &upload{stream: stream, rest: first.Chunk}
	info, err := s.core.Files.PutWithin(stream.Context(), c.School, c.Module, person(c), first.Name, in, s.bounds())
	if err != nil {
		return err
	}
	return stream.SendAndClose(infoOf(info))
}

// bounds are those of the files that this module keeps.
func (s *fileServer) bounds() files.Bounds {
	if most := int64(s.manifest.Quotas.Files); most > 0 {
		return files.Bounds{File: maxFile, School: most}
	}
	return files.Bounds{File: maxFile, School: maxKept}
}

func (s *fileServer) Get(in *wire.GetRequest, stream grpc.ServerStreamingServer[wire.GetResponse]) error {
	c, err := s.call(stream.Context(), manifest.WriteFiles)
	if err != nil {
		return err
	}
	f, err := s.core.Files.Open(stream.Context(), c.School, c.Module, in.Id)
	if err != nil {
		return err
	}
	defer f.Close()
	for {
		// A message belongs to gRPC once sent: no buffer is used twice.
		buf := make([]byte, chunk)
		n, err := io.ReadFull(f, buf)
		if n > 0 {
			if err := stream.Send(&wire.GetResponse{Chunk: buf[:n]}); err != nil {
				return err
			}
		}
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return nil
		default:
			return err
		}
	}
}

func (s *fileServer) Stat(ctx context.Context, in *wire.GetRequest) (*wire.FileInfo, error) {
	c, err := s.call(ctx, manifest.WriteFiles)
	if err != nil {
		return nil, err
	}
	info, err := s.core.Files.Stat(ctx, c.School, c.Module, in.Id)
	if err != nil {
		return nil, err
	}
	return infoOf(info), nil
}

func (s *fileServer) Delete(ctx context.Context, in *wire.GetRequest) (*wire.DeleteResponse, error) {
	c, err := s.call(ctx, manifest.WriteFiles)
	if err != nil {
		return nil, err
	}
	return &wire.DeleteResponse{}, s.core.Files.Delete(ctx, c.School, c.Module, in.Id)
}

func infoOf(i files.Info) *wire.FileInfo {
	return &wire.FileInfo{Id: i.ID, Name: i.Name, Size: i.Size, Mime: i.MIME, Sha256: i.SHA256}
}

// upload reads the chunks of a stream one after the other.
type upload struct {
	stream grpc.ClientStreamingServer[wire.PutRequest, wire.FileInfo]
	rest   []byte
}

func (u *upload) Read(p []byte) (int, error) {
	for len(u.rest) == 0 {
		m, err := u.stream.Recv()
		if err != nil {
			return 0, err
		}
		u.rest = m.Chunk
	}
	n := copy(p, u.rest)
	u.rest = u.rest[n:]
	return n, nil
}
