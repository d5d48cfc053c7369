package identity

import (
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Token lets a program act as a person, in one school, within scopes, for a
// time. Its secret is shown once and kept nowhere.
type Token struct {
	ID      string       `json:"id"` // hash of the secret
	Person  ids.PersonID `json:"person"`
	School  ids.SchoolID `json:"school"`
	Name    string       `json:"name"` // what the person calls it
	Scopes  []string     `json:"scopes"`
	Created time.Time    `json:"created"`
	Expires time.Time    `json:"expires"`
	Used    time.Time    `json:"used,omitzero"` // written at most every hour
}

// Bounds of tokens.
const (
	TokenPrefix = "preau_"             // begins every secret: those who search for leaked ones find it
	MaxTokenAge = 366 * 24 * time.Hour // a token lives no longer
	MaxTokens   = 20                   // of one person in one school, expired ones aside

	maxTokenName   = 60
	maxTokenScopes = 100
	tokenNoted     = time.Hour           // how exact Used is
	tokenKept      = 30 * 24 * time.Hour // how long an expired token is still listed
)

var tokens = store.NewCollection[Token]("identity.tokens",
	store.Index("person", func(t *Token) store.Key { return store.K(t.Person, t.School, t.Created) }))

// Expired reports whether the token is over at a time.
func (t *Token) Expired(now time.Time) bool { return !now.Before(t.Expires) }

// check says what is wrong with a token to be made, by the field of the form.
func (t *Token) check(now time.Time) error {
	t.Name = strings.TrimSpace(t.Name)
	switch {
	case t.Name == "" || len(t.Name) > maxTokenName:
		return errors.Field("nom", "identity.token.name")
	case len(t.Scopes) == 0:
		return errors.Field("droits", "identity.token.scopes")
	case len(t.Scopes) > maxTokenScopes:
		return errors.Field("droits", "identity.token.scopes")
	case !t.Expires.After(now) || t.Expires.After(now.Add(MaxTokenAge)):
		return errors.Field("duree", "identity.token.age")
	}
	return nil
}

// endTokens deletes all tokens of a person in tx: what a thief of the password
// made ends with the password.
func endTokens(tx store.Tx, person ids.PersonID) error {
	var list []string
	for t, err := range tokens.Range(tx, "person", store.Prefix(person)) {
		if err != nil {
			return err
		}
		list = append(list, t.ID)
	}
	for _, id := range list {
		if err := tokens.Delete(tx, id); err != nil {
			return err
		}
	}
	return nil
}
