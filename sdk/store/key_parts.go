package store

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
)

// Parts reads a key back as string, int64, uint64 (only beyond int64), bool and
// time.Time (UTC) values. Invalid: these bytes were not made by [K].
func (k Key) Parts() ([]any, error) {
	var parts []any
	for rest := k; len(rest) > 0; {
		part, n := cutPart(rest)
		if n == 0 {
			return nil, errors.Wrap(fmt.Errorf("store: not a key: % x", []byte(k)), errors.Invalid, "")
		}
		parts, rest = append(parts, part), rest[n:]
	}
	return parts, nil
}

// cutPart reads the first part of k and tells its length, 0 when it is none.
// Every value has one form only: what is read back is written the same.
func cutPart(k Key) (part any, n int) {
	switch tag := k[0]; {
	case tag == tagFalse, tag == tagTrue:
		return tag == tagTrue, 1
	case tag == tagInt && len(k) >= 9:
		return cutInt(k), 9
	case tag == tagBig && len(k) >= 9 && k[1] >= 0x80:
		return binary.BigEndian.Uint64(k[1:]), 9
	case tag == tagTime && len(k) >= 13:
		if ns := binary.BigEndian.Uint32(k[9:]); ns < 1e9 {
			return time.Unix(cutInt(k), int64(ns)).UTC(), 13
		}
	case tag == tagText:
		return cutText(k)
	}
	return nil, 0
}

func cutInt(k Key) int64 { return int64(binary.BigEndian.Uint64(k[1:]) ^ signBit) }

func cutText(k Key) (part any, n int) {
	var s []byte
	for i := 1; i < len(k); i++ {
		if k[i] != 0 {
			s = append(s, k[i])
			continue
		}
		if i++; i == len(k) {
			break
		}
		switch k[i] {
		case 0x01:
			return string(s), i + 1
		case 0xFF:
			s = append(s, 0)
		default:
			return nil, 0
		}
	}
	return nil, 0
}
