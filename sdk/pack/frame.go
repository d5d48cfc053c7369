package pack

import (
	"encoding/binary"
	"io"

	"github.com/klauspost/compress/zstd"

	"github.com/preau-ent/preau/sdk/errors"
)

// frame is where one zstd frame lies in a package.
type frame struct{ offset, length int64 }

const frameMagic = 0xFD2FB528

// frames finds the frames of a package by the sizes of their blocks (RFC 8878,
// 3.1.1), without expanding any. Anything between or after them is refused.
func frames(r io.ReaderAt, size int64, most int) ([]frame, error) {
	var out []frame
	for at := int64(0); at < size; {
		if len(out) == most {
			return nil, errors.New(errors.Invalid, "pack.trailing", "file", "zstd")
		}
		length, err := frameLength(r, at, size)
		if err != nil {
			return nil, err
		}
		out = append(out, frame{at, length})
		at += length
	}
	return out, nil
}

func frameLength(r io.ReaderAt, at, size int64) (int64, error) {
	broken := errors.New(errors.Invalid, "pack.broken")
	var head [5]byte
	if _, err := r.ReadAt(head[:], at); err != nil {
		return 0, errors.Wrap(err, errors.Invalid, "pack.broken")
	}
	if binary.LittleEndian.Uint32(head[:]) != frameMagic {
		if at > 0 {
			return 0, errors.New(errors.Invalid, "pack.trailing", "file", "zstd")
		}
		return 0, errors.New(errors.Invalid, "pack.nopackage")
	}
	next := at + int64(len(head)) + headerRest(head[4])
	for last := false; !last; {
		var block [3]byte
		if _, err := r.ReadAt(block[:], next); err != nil {
			return 0, errors.Wrap(err, errors.Invalid, "pack.broken")
		}
		b := uint32(block[0]) | uint32(block[1])<<8 | uint32(block[2])<<16
		last = b&1 == 1
		length := int64(b >> 3)
		switch b >> 1 & 3 {
		case 1: // one byte, many times
			length = 1
		case 3:
			return 0, broken
		}
		next += int64(len(block)) + length
	}
	if head[4]&0x04 != 0 {
		next += 4 // checksum
	}
	if next > size {
		return 0, broken
	}
	return next - at, nil
}

// headerRest is how many bytes of a frame's header follow its descriptor.
func headerRest(descriptor byte) int64 {
	rest := []int64{0, 1, 2, 4}[descriptor&3] + []int64{0, 2, 4, 8}[descriptor>>6]
	single := descriptor&0x20 != 0
	if !single {
		rest++ // window
	} else if descriptor>>6 == 0 {
		rest++ // a size of one byte
	}
	return rest
}

// expand reads one frame. The reader must be closed.
func expand(r io.ReaderAt, f frame) (io.ReadCloser, error) {
	d, err := zstd.NewReader(io.NewSectionReader(r, f.offset, f.length), zstd.WithDecoderConcurrency(1),
		zstd.WithDecoderMaxWindow(window), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "pack.broken")
	}
	return d.IOReadCloser(), nil
}

// compress returns a writer of one frame; Close ends the frame. One goroutine
// and a level said: the same input is the same bytes.
func compress(w io.Writer) (io.WriteCloser, error) {
	z, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedBetterCompression),
		zstd.WithWindowSize(window), zstd.WithEncoderCRC(true))
	if err != nil {
		return nil, errors.Internal(err)
	}
	return z, nil
}
