package ui

import (
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Bounded reports whether b, an encoded message of this kind, holds at most
// [MaxMessages] messages. It is to be asked before b is decoded: two bytes are
// enough for a message, which takes a hundred times as much in memory.
func Bounded(b []byte, kind protoreflect.MessageDescriptor) bool {
	if len(b) < 2*MaxMessages {
		return true // there is no room for more
	}
	left := MaxMessages
	return count(b, kind, &left)
}

// count takes the messages inside b from left; false when there are more. What
// is no message ends the count: decoding will say so.
func count(b []byte, kind protoreflect.MessageDescriptor, left *int) bool {
	for len(b) > 0 {
		number, wireType, n := protowire.ConsumeTag(b)
		if n < 0 {
			return true
		}
		b = b[n:]
		f := kind.Fields().ByNumber(number)
		if wireType != protowire.BytesType || f == nil || f.Message() == nil {
			if n = protowire.ConsumeFieldValue(number, wireType, b); n < 0 {
				return true
			}
			b = b[n:]
			continue
		}
		inner, n := protowire.ConsumeBytes(b)
		if n < 0 {
			return true
		}
		if *left--; *left < 0 || !count(inner, f.Message(), left) {
			return false
		}
		b = b[n:]
	}
	return true
}
