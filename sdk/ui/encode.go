package ui

import (
	"bytes"
	"encoding/json"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/errors"
)

// MaxBytes is the greatest size of an encoded page.
const MaxBytes = 4 << 20

// Encode returns a page as it goes over the page lane.
func Encode(p *Page) ([]byte, error) {
	b, err := proto.Marshal(p)
	if err != nil {
		return nil, errors.Internal(err)
	}
	if len(b) > MaxBytes {
		return nil, errors.New(errors.TooLarge, "ui.toolarge")
	}
	return b, nil
}

// Decode reads a page from the page lane and validates it: Invalid for
// garbage, TooLarge over [MaxBytes].
func Decode(b []byte) (*Page, error) {
	if len(b) > MaxBytes {
		return nil, errors.New(errors.TooLarge, "ui.toolarge")
	}
	p := &Page{}
	if !Bounded(b, p.ProtoReflect().Descriptor()) {
		return nil, errors.New(errors.TooLarge, "ui.toolarge")
	}
	if err := proto.Unmarshal(b, p); err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "ui.garbage")
	}
	return p, Validate(p)
}

// JSON writes a page, node or other message of a tree as compact JSON. The
// core resolves its words first, so that they are read as the viewer sees them.
func JSON(m proto.Message) ([]byte, error) {
	loose, err := protojson.Marshal(m)
	if err != nil {
		return nil, errors.Internal(err)
	}
	var b bytes.Buffer
	if err := json.Compact(&b, loose); err != nil {
		return nil, errors.Internal(err)
	}
	return b.Bytes(), nil
}
