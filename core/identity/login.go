package identity

import (
	"strconv"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

// maxLogin bounds a login, in bytes.
const maxLogin = 64

// loginBase returns "prenom.nom" in ASCII: the first of the first names, all of
// the last name, with dashes for anything else between letters.
func loginBase(first, last string) string {
	if f := strings.FieldsFunc(first, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }); len(f) > 0 {
		first = f[0]
	}
	base := strings.Trim(loginPart(first)+"."+loginPart(last), ".")
	if base == "" {
		return "personne"
	}
	return base
}

func loginPart(s string) string {
	var b strings.Builder
	for _, r := range Fold(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '\'' || r == '’':
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 28 {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}

// checkLogin says whether a login that someone chose can be one.
func checkLogin(login string) error {
	ok := len(login) >= 2 && len(login) <= maxLogin && strings.IndexFunc(Fold(login), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune(".-_@", r))
	}) < 0
	if !ok {
		return errors.New(errors.Invalid, "identity.login.invalid", "login", login)
	}
	return nil
}

// counter remembers the last number given to a login, so that the thousandth
// jean.martin costs no more than the first.
type counter struct {
	ID   string `json:"id"`
	Last int    `json:"last"`
}

var counters = store.NewCollection[counter]("identity.logins")

// freeLogin returns the first login of this base that nobody has: jean.martin,
// jean.martin2, jean.martin3.
func freeLogin(tx store.Tx, base string) (string, error) {
	c, err := counters.Get(tx, base)
	if errors.KindOf(err) == errors.NotFound {
		c, err = &counter{ID: base}, nil
	}
	if err != nil {
		return "", err
	}
	for {
		c.Last++
		login := base
		if c.Last > 1 {
			login += strconv.Itoa(c.Last)
		}
		_, err := accounts.Find(tx, "login", Fold(login))
		if errors.KindOf(err) == errors.NotFound {
			return login, counters.Put(tx, c)
		}
		if err != nil {
			return "", err
		}
	}
}
