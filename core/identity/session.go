package identity

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Session is someone signed in, in one of their schools. It is shared between
// requests: read it, never change it.
type Session struct {
	ID         string // hash of the token, in hex
	Person     ids.PersonID
	Login      string
	School     ids.SchoolID
	Profile    ids.Profile
	Roles      []string     // the profile and the extra roles
	Child      ids.PersonID // the child a guardian has chosen; empty: all
	Appearance string       // of the account: how the person wants pages to look
	MustChange bool         // only the change of password is open
	Schools    []Belonging  // all the person's schools, this one included
	Viewer     *wire.Viewer // without permissions and request id: clone before filling them in
	Expires    time.Time    // at the latest
}

// Belonging is one of the schools a person may switch to.
type Belonging struct {
	School  ids.SchoolID
	Name    string
	Profile ids.Profile
}

// stored is what the store keeps of a session; the token itself is nowhere.
type stored struct {
	ID      string       `json:"id"` // hash of the token
	Person  ids.PersonID `json:"person"`
	School  ids.SchoolID `json:"school"`
	Child   ids.PersonID `json:"child,omitempty"`
	Created time.Time    `json:"created"`
	Seen    time.Time    `json:"seen"` // written at most every few minutes
	Ends    time.Time    `json:"ends"` // at the latest: then it may be swept away
	Agent   string       `json:"agent,omitempty"`
}

// newToken returns 256 random bits as text, and the hash it is stored under.
func newToken() (token, id string) {
	b := make([]byte, 32)
	rand.Read(b) // never fails
	token = base64.RawURLEncoding.EncodeToString(b)
	return token, tokenID(token)
}

func tokenID(token string) string {
	h := sha256.Sum256([]byte(token))
	return hex.EncodeToString(h[:])
}

// tokenLength is that of every token: 32 bytes in base64 without padding.
const tokenLength = 43
