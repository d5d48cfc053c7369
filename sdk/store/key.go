package store

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"time"
)

// Key is a tuple of values as bytes. Keys compare (bytes.Compare) as their
// values do, part after part, a shorter tuple before the longer ones that begin
// with it; parts of different types sort bool, integer, time, text. A nil Key
// given by an index function means "not in this index".
type Key []byte

// The first byte of a part is its type. None is 0xFF, so a key with 0xFF
// appended lies behind all keys that begin with it.
const (
	tagFalse = 0x02
	tagTrue  = 0x03
	tagInt   = 0x10 // 8 bytes, big endian, sign flipped
	tagBig   = 0x11 // an unsigned integer beyond int64: 8 bytes, big endian
	tagTime  = 0x18 // seconds as tagInt, then 4 bytes of nanoseconds
	tagText  = 0x20 // bytes, 0x00 written as 0x00 0xFF, ended by 0x00 0x01
	afterAll = 0xFF
)

const signBit = 1 << 63

// K makes a key of its parts: text, integers, booleans, time.Time, and types
// made of them such as ids.PersonID. It panics on any other type, which is a
// mistake in the program. A time keeps its instant, not its place.
func K(parts ...any) Key {
	k := make(Key, 0, 16*len(parts))
	for _, p := range parts {
		k = appendPart(k, p)
	}
	return k
}

func appendPart(k Key, part any) Key {
	switch p := part.(type) { // the common types, without reflection
	case string:
		return appendText(k, p)
	case int:
		return appendInt(k, tagInt, int64(p))
	case time.Time:
		k = appendInt(k, tagTime, p.Unix())
		return binary.BigEndian.AppendUint32(k, uint32(p.Nanosecond()))
	}
	switch v := reflect.ValueOf(part); v.Kind() {
	case reflect.String:
		return appendText(k, v.String())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return appendInt(k, tagInt, v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		if u := v.Uint(); u >= signBit {
			return binary.BigEndian.AppendUint64(append(k, tagBig), u)
		}
		return appendInt(k, tagInt, int64(v.Uint()))
	case reflect.Bool:
		if v.Bool() {
			return append(k, tagTrue)
		}
		return append(k, tagFalse)
	}
	panic(fmt.Sprintf("store.K: a key has no part of type %T: use text, an integer, a bool or a time.Time", part))
}

func appendInt(k Key, tag byte, n int64) Key {
	return binary.BigEndian.AppendUint64(append(k, tag), uint64(n)^signBit)
}

func appendText(k Key, s string) Key {
	k = append(k, tagText)
	for i := range len(s) {
		if k = append(k, s[i]); s[i] == 0 {
			k = append(k, 0xFF)
		}
	}
	return append(k, 0, 1)
}

// join returns the parts of several keys as one key.
func join(keys ...Key) Key {
	n := 1 // room for afterAll
	for _, k := range keys {
		n += len(k)
	}
	all := make(Key, 0, n)
	for _, k := range keys {
		all = append(all, k...)
	}
	return all
}
