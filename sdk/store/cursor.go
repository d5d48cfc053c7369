package store

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"github.com/preau-ent/preau/sdk/errors"
)

// cursor returns the place of key, a key of the scope's index: what follows the
// index's prefix, behind a checksum that binds it to index and direction.
func (s *scope) cursor(key Key) string {
	place := key[len(s.prefix):]
	raw := binary.BigEndian.AppendUint32(nil, s.checksum(place))
	return base64.RawURLEncoding.EncodeToString(append(raw, place...))
}

// openCursor returns the key that the cursor stands for. The checksum finds
// mistakes, not malice: whatever the key, the scope's bounds hold.
func (s *scope) openCursor(cursor string) (Key, error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil && len(raw) < 4 {
		err = fmt.Errorf("%d bytes", len(raw))
	}
	if err == nil && binary.BigEndian.Uint32(raw) != s.checksum(raw[4:]) {
		err = fmt.Errorf("made for another list")
	}
	if err != nil {
		return nil, errors.Wrap(fmt.Errorf("store: cursor: %w", err), errors.Invalid, "")
	}
	return join(s.prefix, raw[4:]), nil
}

func (s *scope) checksum(place []byte) uint32 {
	direction := byte('>')
	if s.reverse {
		direction = '<'
	}
	sum := crc32.ChecksumIEEE(append(join(s.prefix), direction))
	return crc32.Update(sum, crc32.IEEETable, place)
}
