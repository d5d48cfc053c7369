package files

import (
	"io"

	"github.com/preau-ent/preau/sdk/errors"
)

// sniffed is how many first bytes say what a file is.
const sniffed = 3072

// sniffer keeps the first bytes.
type sniffer struct{ b []byte }

func (s *sniffer) Write(p []byte) (int, error) {
	if room := sniffed - len(s.b); room > 0 {
		s.b = append(s.b, p[:min(room, len(p))]...)
	}
	return len(p), nil
}

// bounded reads at most left bytes and calls one more too large.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errors.New(errors.TooLarge, "files.toolarge")
	}
	return n, err
}

// onlyReader hides WriterTo, with which a reader could take all its memory at once.
type onlyReader struct{ io.Reader }
