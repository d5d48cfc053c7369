package notify

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/wire"
)

const (
	most   = 500             // notices that a person keeps; older ones go
	spoken = 20              // characters from which plain words are an announcement by themselves
	alike  = 72 * time.Hour  // within which the same words are the same announcement
	group  = 2 * time.Minute // that a mail waits for others to go with it
)

// calm is how long after a thing was told by a way its next change is told so.
var calm = map[manifest.Way]time.Duration{manifest.ByMail: time.Hour, manifest.ByPush: 10 * time.Minute}

// owe notes the ways in which the person wants to be told of what is shown now.
func (s *Service) owe(p *placing, k *kept) {
	reader, ok := p.reader(k.Person)
	if !ok {
		return
	}
	choice := p.choices[k.Person]
	ways := choice.WaysFor(p.kind(k))
	k.Off = !slices.Contains(ways, manifest.OnPage)
	mailed := s.tools.Mail != nil && reader.Email != ""
	now := p.now.In(reader.Zone)
	owe := func(w manifest.Way, wait time.Duration) {
		d := debt{Way: w, Ready: now.Add(wait)}
		if k.Urgent {
			d.Ready = now
		}
		d.Due = choice.due(w, d.Ready, k.Urgent)
		k.Owed = append(k.Owed, d)
	}
	for _, w := range ways {
		switch {
		case w == manifest.ByMail && mailed:
			owe(w, group)
		case w == manifest.ByPush && s.tools.Push != nil,
			w == manifest.InDigest && mailed && !slices.Contains(ways, manifest.ByMail):
			owe(w, 0)
		}
	}
}

func (p *placing) reader(person ids.PersonID) (Reader, bool) {
	i, ok := p.index[person]
	if !ok {
		return Reader{}, false
	}
	return p.readers[i], true
}

func (p *placing) kind(k *kept) Kind {
	for _, one := range p.kinds {
		if one.Module == k.Module && one.ID == k.Kind {
			return one
		}
	}
	return Kind{Module: k.Module, Notice: manifest.Notice{ID: k.Kind}}
}

// leave puts one notice in a person's list: in place of the one about the same
// thing, together with the same announcement by another way, and of the oldest
// when the list is full. It reports whether it is news.
func (s *Service) leave(tx store.Tx, p *placing, k *kept) (fresh bool, err error) {
	if err := p.replace(tx, k); err != nil {
		return false, err
	}
	if same, err := s.merge(tx, k); err != nil || same {
		return false, err
	}
	if k.spent() {
		return false, nil
	}
	n, err := notices.Count(tx, "person", store.Prefix(k.Person))
	if err != nil {
		return false, err
	}
	for n -= most - 1; n > 0; n-- {
		for old, err := range notices.Range(tx, "person", store.Prefix(k.Person), store.Limit(1)) {
			if err != nil {
				return false, err
			}
			if err := notices.Delete(tx, old.ID); err != nil {
				return false, err
			}
		}
	}
	k.ID = ""
	return true, notices.Insert(tx, k)
}

// replace takes away the notice about the same thing. What it owed is owed no
// later than it was; what was told is not told again at once, and then in the
// person's hours.
func (p *placing) replace(tx store.Tx, k *kept) error {
	if k.Key == "" {
		return nil
	}
	old, err := notices.Find(tx, "thing", k.Module, k.Key, k.Held, k.Person)
	if err != nil {
		if errors.KindOf(err) == errors.NotFound {
			return nil
		}
		return err
	}
	if !old.Read {
		k.Again = old.Again + 1
	}
	k.Told = old.Told
	for i := range k.Owed {
		d := &k.Owed[i]
		reader, ok := p.reader(k.Person)
		if again := k.Told[d.Way].Add(calm[d.Way]); ok && !k.Urgent && d.Way != showing && d.Ready.Before(again) {
			d.Ready, d.Due = again, p.choices[k.Person].due(d.Way, again.In(reader.Zone), false)
		}
		if was := old.debt(d.Way); was != nil && d.Way != showing && was.Due.Before(d.Due) {
			d.Ready, d.Due = was.Ready, was.Due
		}
	}
	return notices.Delete(tx, old.ID)
}

// merge finds the same announcement, unread, and has it speak of everybody whom
// either is about.
func (s *Service) merge(tx store.Tx, k *kept) (same bool, err error) {
	if k.Off {
		return false, nil
	}
	old, err := notices.Find(tx, "print", k.Person, k.Held, k.Print)
	if err != nil {
		if errors.KindOf(err) == errors.NotFound {
			return false, nil
		}
		return false, err
	}
	if k.At.Sub(old.At) > alike {
		return false, nil
	}
	if old.Content, err = joined(old.Content, k.Content); err != nil {
		return false, err
	}
	if old.Instead != nil && k.Instead != nil {
		if old.Instead.Content, err = joined(old.Instead.Content, k.Instead.Content); err != nil {
			return false, err
		}
	}
	return true, notices.Put(tx, old)
}

// joined is what one announcement says, of everybody whom either is about.
func joined(one, other json.RawMessage) (json.RawMessage, error) {
	was, now := content(one), content(other)
	for _, a := range now.About {
		if !slices.ContainsFunc(was.About, func(b *wire.About) bool { return b.Person == a.Person }) {
			was.About = append(was.About, a)
		}
	}
	return contentOf(was.Text, was.Link, was.About)
}

// printOf is the same for what a person reads as the same announcement: the same
// sentence, or the same words about the same thing.
func printOf(text *wire.Text, link *wire.Link) string {
	var b strings.Builder
	words := strings.ToLower(strings.Join(strings.Fields(text.GetPlain()), " "))
	b.WriteString(words)
	if text.GetKey() != "" {
		raw, _ := proto.MarshalOptions{Deterministic: true}.Marshal(text) // what was read from the wire can be written
		b.Write(raw)
	}
	if text.GetKey() != "" || utf8.RuneCountInString(words) < spoken {
		raw, _ := json.Marshal([]string{link.GetModule(), link.GetPath()}) // strings: cannot fail
		b.Write(raw)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:12])
}
