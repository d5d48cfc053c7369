package identity

import (
	"crypto/rand"
	"math/big"
	"strings"
	"unicode/utf8"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Letters of first passwords: none that looks like another in print (i, l, o
// and all capitals and digits are out), and no s, without which few words come
// about that a school would not want to hand to a child.
const (
	consonants = "bcdfghjkmnprtvwxz"
	vowels     = "aeu"
)

// firstPassword returns three groups that can be read aloud, such as
// "kamut-rezan-tavud": 46 bits from crypto/rand.
func firstPassword() string {
	var b strings.Builder
	for g := range 3 {
		if g > 0 {
			b.WriteByte('-')
		}
		for i := range 5 {
			b.WriteByte(pick([]string{consonants, vowels}[i%2]))
		}
	}
	return b.String()
}

func pick(letters string) byte {
	n, _ := rand.Int(rand.Reader, big.NewInt(int64(len(letters)))) // never fails
	return letters[n.Int64()]
}

// typed is how a first password is compared: a child may type it in capitals,
// with spaces for dashes or without either.
func typed(password string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '.' || r == '–' {
			return -1
		}
		return r
	}, strings.ToLower(password))
}

// maxPassword bounds a password, in characters: argon2 reads all of it.
const maxPassword = 200

// checkNew says what is wrong with a password that someone chose, nil when
// nothing. Length does more than rules of composition, which are not asked for.
func checkNew(password, login, name string, profile ids.Profile) error {
	least := 12
	if profile == ids.Eleve {
		least = 8
	}
	n := utf8.RuneCountInString(password)
	key := ""
	switch {
	case n < least:
		key = "identity.password.short"
	case n > maxPassword:
		key = "identity.password.long"
	case containsWord(password, login, name):
		key = "identity.password.login"
	case simple(password):
		key = "identity.password.simple"
	default:
		return nil
	}
	return errors.Field("nouveau", key)
}

// containsWord reports whether most of the password is the login or a name.
func containsWord(password, login, name string) bool {
	folded := Fold(password)
	if strings.Contains(folded, Fold(login)) {
		return true
	}
	rest := folded
	for _, w := range foldWords(login, name) {
		if len(w) > 2 {
			rest = strings.ReplaceAll(rest, w, "")
		}
	}
	return len(rest) < len(folded) && len(rest) < 6
}

// common beginnings and runs that guessers try first.
var common = []string{"motdepasse", "password", "azerty", "qwerty", "123456", "abcdef", "bonjour", "soleil", "preau", "ecole", "college", "lycee", "chouchou", "doudou", "marseille", "princesse", "iloveyou", "jetaime", "superman", "admin"}

// simple reports whether a password has few different characters, or is a
// common word with little around it.
func simple(password string) bool {
	folded, distinct := Fold(password), map[rune]bool{}
	for _, r := range folded {
		distinct[r] = true
	}
	if len(distinct) < 5 {
		return true
	}
	rest := folded
	for _, w := range common {
		rest = strings.ReplaceAll(rest, w, "")
	}
	letters := strings.Trim(rest, "0123456789!?.-_ *")
	return len(rest) < len(folded) && len(letters) < 3
}
