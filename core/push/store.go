package push

import (
	"context"
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"time"

	webpush "github.com/SherClockHolmes/webpush-go"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Subscription is what a browser gives: PushSubscription.toJSON().
type Subscription struct {
	Endpoint string `json:"endpoint"`
	Keys     Keys   `json:"keys"`
}

// Keys are of the browser, in base64 for addresses.
type Keys struct {
	P256dh string `json:"p256dh"`
	Auth   string `json:"auth"`
}

const (
	maxEndpoint = 1024 // bytes
	maxBrowsers = 10   // of one person; the oldest goes
)

// kept is one browser that wants to be reached.
type kept struct {
	ID      string       `json:"id"` // hash of the endpoint: a browser is one person's at a time
	Person  ids.PersonID `json:"person"`
	Name    string       `json:"name,omitempty"` // what the browser calls itself
	Created time.Time    `json:"created"`
	Subscription
}

var browsers = store.NewCollection("push.browsers",
	store.Index("person", func(k *kept) store.Key { return store.K(k.Person, k.Created) }))

func idOf(endpoint string) string {
	sum := sha256.Sum256([]byte(endpoint))
	return hex.EncodeToString(sum[:16])
}

// check refuses what no browser gives.
func (s *Service) check(sub Subscription) error {
	bad := errors.New(errors.Invalid, "push.subscription")
	u, err := url.Parse(sub.Endpoint)
	if err != nil || len(sub.Endpoint) > maxEndpoint || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return bad
	}
	if !s.allowed(u) {
		return bad
	}
	key, err := base64.RawURLEncoding.DecodeString(sub.Keys.P256dh)
	if err != nil {
		return bad
	}
	if _, err := ecdh.P256().NewPublicKey(key); err != nil {
		return bad
	}
	if auth, err := base64.RawURLEncoding.DecodeString(sub.Keys.Auth); err != nil || len(auth) != 16 {
		return bad
	}
	return nil
}

// Subscribe keeps a browser of a person; Invalid for what no browser gives.
func (s *Service) Subscribe(ctx context.Context, person ids.PersonID, name string, sub Subscription) error {
	if err := s.check(sub); err != nil {
		return err
	}
	return s.update(ctx, func(tx store.Tx) error {
		err := browsers.Put(tx, &kept{ID: idOf(sub.Endpoint), Person: person, Name: name, Created: s.cfg.Now(), Subscription: sub})
		if err != nil {
			return err
		}
		all, err := listed(tx, person)
		for ; err == nil && len(all) > maxBrowsers; all = all[1:] {
			err = browsers.Delete(tx, all[0].ID)
		}
		return err
	})
}

// Unsubscribe forgets a browser of a person; one that is not theirs stays.
func (s *Service) Unsubscribe(ctx context.Context, person ids.PersonID, endpoint string) error {
	return s.update(ctx, func(tx store.Tx) error {
		k, err := browsers.Get(tx, idOf(endpoint))
		if errors.KindOf(err) == errors.NotFound || err == nil && k.Person != person {
			return nil
		}
		if err != nil {
			return err
		}
		return browsers.Delete(tx, k.ID)
	})
}

// Forget forgets all browsers of a person.
func (s *Service) Forget(ctx context.Context, person ids.PersonID) error {
	return s.update(ctx, func(tx store.Tx) error {
		all, err := listed(tx, person)
		for _, k := range all {
			if err == nil {
				err = browsers.Delete(tx, k.ID)
			}
		}
		return err
	})
}

// Browsers names the browsers of a person that want to be reached.
func (s *Service) Browsers(ctx context.Context, person ids.PersonID) (names []string, err error) {
	all, err := s.of(ctx, person)
	for _, k := range all {
		names = append(names, k.Name)
	}
	return names, err
}

func (s *Service) of(ctx context.Context, person ids.PersonID) (all []*kept, err error) {
	space, err := s.cfg.Engine.Open(ctx, store.Global)
	if err != nil {
		return nil, err
	}
	return all, space.View(ctx, func(tx store.Tx) error {
		all, err = listed(tx, person)
		return err
	})
}

func listed(tx store.Tx, person ids.PersonID) (all []*kept, err error) {
	for k, err := range browsers.Range(tx, "person", store.Prefix(person)) {
		if err != nil {
			return nil, err
		}
		all = append(all, k)
	}
	return all, nil
}

func (s *Service) update(ctx context.Context, fn func(store.Tx) error) error {
	space, err := s.cfg.Engine.Open(ctx, store.Global)
	if err != nil {
		return err
	}
	return space.Update(ctx, fn)
}

// pair is the key by which push services know this installation.
type pair struct {
	Private string `json:"private"`
	Public  string `json:"public"`
}

var pairKey = []byte("push.vapid")

// openPair reads the pair, made when there is none.
func openPair(ctx context.Context, engine store.Engine) (p pair, err error) {
	space, err := engine.Open(ctx, store.Global)
	if err != nil {
		return p, err
	}
	return p, space.Update(ctx, func(tx store.Tx) error {
		raw, ok, err := tx.Get(pairKey)
		if err != nil {
			return err
		}
		if ok {
			return json.Unmarshal(raw, &p)
		}
		if p.Private, p.Public, err = webpush.GenerateVAPIDKeys(); err != nil {
			return errors.Internal(err)
		}
		raw, err = json.Marshal(p)
		if err != nil {
			return errors.Internal(err)
		}
		return tx.Put(pairKey, raw)
	})
}
