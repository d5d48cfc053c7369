package search

import (
	"strings"
	"time"
	"unicode/utf8"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// What of a document is indexed, in bytes.
const (
	maxTitle = 500
	maxText  = 20_000
)

// entry is a document as it goes into the index.
type entry struct {
	id   string // of the index: <source>|<id>
	body map[string]any
	raw  string    // what is kept: the permission of the page, then the document
	next time.Time // when it has to be looked at again; zero: never
}

func entryID(source, id string) string { return source + "|" + id }

// newEntry prepares a document whose page asks for a permission.
func newEntry(source string, d *wire.Document, gate string, spoken []string, now time.Time) (entry, error) {
	d.Title, d.Text = cut(d.Title, maxTitle), cut(d.Text, maxText)
	raw, err := proto.MarshalOptions{Deterministic: true}.Marshal(d)
	if err != nil {
		return entry{}, errors.Internal(err)
	}
	terms, next := termsOf(d, now)
	title, text := d.Title, d.Text
	if title == "" {
		title = strings.Join(spoken, "\n")
	} else {
		text = strings.Join(append(spoken, text), "\n")
	}
	return entry{id: entryID(source, d.Id), raw: gate + between + string(raw), next: next, body: map[string]any{
		titleStems: title, titleWords: title, textStems: text, textWords: text,
		ofSource: source, ofGate: source + "|" + gate, ofAudience: terms, whole: gate + between + string(raw),
	}}, nil
}

// between stands between the parts of an entry; no permission contains it.
const between = "\x00"

// read takes a kept document out of a hit.
func read(raw any) (*wire.Document, error) {
	text, _ := raw.(string)
	_, kept, _ := strings.Cut(text, between)
	d := &wire.Document{}
	if err := proto.Unmarshal([]byte(kept), d); err != nil {
		return nil, errors.Internal(err)
	}
	return d, nil
}

// cut shortens to at most n bytes, between two characters.
func cut(s string, n int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
