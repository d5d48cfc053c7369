package services

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/wire"
)

// Prefix is what the address of a personal link begins with.
const Prefix = "/lien/"

const (
	maxLinks = 50            // one person may have with one module
	noted    = 1 * time.Hour // how exactly the last use is kept
)

// Links keeps personal links in the space of their school. A secret is
// "<school>.<256 random bits>"; only its hash is kept.
type Links struct {
	Engine store.Engine
	Now    func() time.Time
}

// StoredLink is one personal link as it is kept.
type StoredLink struct {
	ID      string       `json:"id"`
	Hash    string       `json:"hash"`
	Person  ids.PersonID `json:"person"`
	Module  ids.ModuleID `json:"module"`
	Path    string       `json:"path"`
	Label   string       `json:"label,omitempty"`
	Created time.Time    `json:"created"`
	Used    time.Time    `json:"used,omitzero"`
}

var links = store.NewCollection("host.links",
	store.Unique("hash", func(l *StoredLink) store.Key { return store.K(l.Hash) }),
	store.Index("owner", func(l *StoredLink) store.Key { return store.K(l.Person, l.Module, l.Path, l.Created) }))

// Resolve returns the link and the school of a secret and notes its use; NotFound.
func (s *Links) Resolve(ctx context.Context, secret string) (ids.SchoolID, *StoredLink, error) {
	gone := errors.New(errors.NotFound, "host.link.gone")
	name, _, ok := strings.Cut(secret, ".")
	school := ids.SchoolID(name)
	if !ok || school == store.Global {
		return "", nil, gone
	}
	known, err := s.Engine.Spaces(ctx)
	if err != nil {
		return "", nil, err
	}
	if !slices.Contains(known, school) { // opening would make the space
		return "", nil, gone
	}
	space, err := s.Engine.Open(ctx, school)
	if err != nil {
		return "", nil, err
	}
	var l *StoredLink
	err = space.View(ctx, func(tx store.Tx) (err error) { l, err = links.Find(tx, "hash", hash(secret)); return err })
	if errors.KindOf(err) == errors.NotFound {
		return "", nil, gone
	}
	if err == nil && s.Now().Sub(l.Used) > noted {
		err = space.Update(ctx, func(tx store.Tx) error {
			_, err := links.Modify(tx, l.ID, func(l *StoredLink) error { l.Used = s.Now(); return nil })
			return err
		})
	}
	return school, l, err
}

// create keeps a new link and returns its secret.
func (s *Links) create(ctx context.Context, school ids.SchoolID, l *StoredLink) (secret string, err error) {
	var raw [32]byte
	rand.Read(raw[:]) // never fails
	secret = string(school) + "." + base64.RawURLEncoding.EncodeToString(raw[:])
	l.Hash, l.Created = hash(secret), s.Now()
	space, err := s.Engine.Open(ctx, school)
	if err != nil {
		return "", err
	}
	return secret, space.Update(ctx, func(tx store.Tx) error {
		n, err := links.Count(tx, "owner", store.Prefix(l.Person, l.Module))
		if err != nil {
			return err
		}
		if n >= maxLinks {
			return errors.New(errors.TooMany, "host.link.many", "n", maxLinks)
		}
		l.ID = ""
		return links.Insert(tx, l)
	})
}

// list returns a person's links of a module, to one path unless it is empty.
func (s *Links) list(ctx context.Context, school ids.SchoolID, p ids.PersonID, m ids.ModuleID, path string) (out []*StoredLink, err error) {
	space, err := s.Engine.Open(ctx, school)
	if err != nil {
		return nil, err
	}
	return out, space.View(ctx, func(tx store.Tx) error {
		for l, err := range links.Range(tx, "owner", store.Prefix(p, m)) {
			if err != nil {
				return err
			}
			if path == "" || l.Path == path {
				out = append(out, l)
			}
		}
		return nil
	})
}

// revoke forgets a link of this person and module; NotFound.
func (s *Links) revoke(ctx context.Context, school ids.SchoolID, p ids.PersonID, m ids.ModuleID, id string) error {
	space, err := s.Engine.Open(ctx, school)
	if err != nil {
		return err
	}
	return space.Update(ctx, func(tx store.Tx) error {
		l, err := links.Get(tx, id)
		if err == nil && (l.Person != p || l.Module != m) {
			err = errors.New(errors.NotFound, "host.link.gone")
		}
		if err != nil {
			return err
		}
		return links.Delete(tx, id)
	})
}

func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

func linkOf(l *StoredLink) *wire.PersonalLink {
	out := &wire.PersonalLink{Id: l.ID, Path: l.Path, Label: l.Label, Created: timestamppb.New(l.Created)}
	if !l.Used.IsZero() {
		out.Used = timestamppb.New(l.Used)
	}
	return out
}
