package identity

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// reservation is who the entries of a batch are.
type reservation struct {
	school ids.SchoolID
	known  map[string]ids.PersonID // by source
	logins map[ids.PersonID]string // of those who are new in the school
	fresh  []newcomer              // accounts that need a first password
	joined []ids.PersonID          // existing people who are new in the school
}

// newcomer is an account that nobody has used yet.
type newcomer struct {
	person   ids.PersonID
	password string // wanted; empty: generated
	keep     bool
}

// atOnce bounds how many accounts are written in one transaction.
const atOnce = 1000

// reserve gives everyone an account. It may be run again after any crash.
func (r *reservation) reserve(ctx context.Context, global store.Space, people []Entry) error {
	r.logins = map[ids.PersonID]string{}
	for part := range slices.Chunk(people, atOnce) {
		var done reservation
		err := global.Update(ctx, func(tx store.Tx) error {
			done = reservation{school: r.school, known: map[string]ids.PersonID{}, logins: map[ids.PersonID]string{}}
			for i := range part {
				if err := done.one(tx, &part[i], r.known); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		r.fresh, r.joined = append(r.fresh, done.fresh...), append(r.joined, done.joined...)
		for source, person := range done.known {
			r.known[source] = person
		}
		for person, login := range done.logins {
			r.logins[person] = login
		}
	}
	return nil
}

// one reserves the account of one entry who is not a member yet.
func (r *reservation) one(tx store.Tx, e *Entry, before map[string]ids.PersonID) error {
	if person, ok := before[e.Source]; ok {
		if e.Person != "" && e.Person != person {
			return errors.New(errors.Conflict, "identity.import.linked", "source", e.Source)
		}
		return nil
	}
	l, err := links.Get(tx, linkID(r.school, e.Source))
	if err != nil && !notFound(err) {
		return err
	}
	if e.Person != "" && (l == nil || l.Person != e.Person) {
		return r.join(tx, e) // said explicitly: over what an unfinished run reserved
	}
	if l == nil {
		return r.create(tx, e)
	}
	a, err := accounts.Get(tx, string(l.Person))
	if err != nil {
		return err
	}
	r.take(e, a)
	if onlyHere := len(a.Schools) == 1 && a.Schools[0] == r.school; onlyHere && a.SignedIn.IsZero() {
		r.fresh = append(r.fresh, newcomer{a.Person(), e.Password, e.Keep})
	} else {
		r.joined = append(r.joined, a.Person())
	}
	return nil
}

// join links the entry to a person of another school.
func (r *reservation) join(tx store.Tx, e *Entry) error {
	a, err := accounts.Get(tx, string(e.Person))
	if notFound(err) {
		return errors.Wrap(err, errors.Invalid, "identity.import.person", "source", e.Source)
	}
	if err != nil {
		return err
	}
	if !slices.Contains(a.Schools, r.school) {
		a.Schools = append(a.Schools, r.school)
		if err := accounts.Put(tx, a); err != nil {
			return err
		}
	}
	r.take(e, a)
	r.joined = append(r.joined, a.Person())
	return links.Put(tx, &link{linkID(r.school, e.Source), a.Person()})
}

// create makes a new account, without a password yet.
func (r *reservation) create(tx store.Tx, e *Entry) (err error) {
	login := e.Login
	if login == "" {
		if login, err = freeLogin(tx, loginBase(e.FirstName, e.LastName)); err != nil {
			return err
		}
	}
	a := &Account{Login: login, Schools: []ids.SchoolID{r.school}}
	if err := accounts.Insert(tx, a); err != nil {
		if errors.KindOf(err) == errors.Conflict {
			return errors.Wrap(err, errors.Conflict, "identity.login.taken", "login", login)
		}
		return err
	}
	r.take(e, a)
	r.fresh = append(r.fresh, newcomer{a.Person(), e.Password, e.Keep})
	return links.Put(tx, &link{linkID(r.school, e.Source), a.Person()})
}

func (r *reservation) take(e *Entry, a *Account) {
	r.known[e.Source], r.logins[a.Person()] = a.Person(), a.Login
}

// dry checks what reserve would refuse, and writes nothing.
func (r *reservation) dry(tx store.Tx, people []Entry) error {
	r.logins = map[ids.PersonID]string{}
	for _, e := range people {
		person, member := r.known[e.Source]
		switch {
		case e.Person != "" && member && person != e.Person:
			return errors.New(errors.Conflict, "identity.import.linked", "source", e.Source)
		case e.Person != "" && !member:
			a, err := accounts.Get(tx, string(e.Person))
			if notFound(err) {
				return errors.Wrap(err, errors.Invalid, "identity.import.person", "source", e.Source)
			}
			if err != nil {
				return err
			}
			r.take(&e, a)
		case e.Login != "" && !member:
			a, err := accounts.Find(tx, "login", Fold(e.Login))
			if err != nil && !notFound(err) {
				return err
			}
			l, lerr := links.Get(tx, linkID(r.school, e.Source))
			if err == nil && (lerr != nil || l.Person != a.Person()) {
				return errors.New(errors.Conflict, "identity.login.taken", "login", e.Login)
			}
		}
	}
	return nil
}

func notFound(err error) bool { return errors.KindOf(err) == errors.NotFound }
