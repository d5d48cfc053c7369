package demo

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Account is how to sign in as somebody of the demonstration. Whoever belongs
// to both schools has one for each, with one login.
type Account struct {
	Login    string `json:"identifiant"`
	Password string `json:"mot_de_passe"`
	Profile  string `json:"profil"`
	Name     string `json:"nom"`
	School   string `json:"ecole"` // its name
}

// accountsFile is written last: once it is there, so is everything else.
const accountsFile = "demo-accounts.json"

// accountsOf returns the accounts of a school's people, in their order: the
// offices, the teachers, then family after family.
func accountsOf(o *outline, members []*identity.Member) []Account {
	accounts := make([]Account, 0, len(members))
	for _, m := range members {
		accounts = append(accounts, Account{
			Login: m.Login, Password: Password, Profile: string(m.Profile), Name: m.Name(), School: o.school.Name,
		})
	}
	return accounts
}

// Main returns the few accounts to show: of each school one of each profile,
// and a guardian of each of its first two families, which show something.
func Main(accounts []Account) []Account {
	var shown []Account
	for _, o := range outlines {
		for _, profile := range ids.Profiles() {
			most := 1
			if profile == ids.Parent {
				most = 2
			}
			for i, a := range accounts {
				sameFamily := i > 0 && profile == ids.Parent && accounts[i-1].Profile == a.Profile
				if a.School == o.school.Name && a.Profile == string(profile) && most > 0 && !sameFamily {
					shown = append(shown, a)
					most--
				}
			}
		}
	}
	return shown
}

// Load returns the accounts of the data folder; NotFound when no demonstration
// was made there.
func Load(data string) ([]Account, error) {
	text, err := os.ReadFile(filepath.Join(data, accountsFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil, errors.Wrap(err, errors.NotFound, "demo.none")
	}
	if err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "demo.unreadable")
	}
	var accounts []Account
	if err := json.Unmarshal(text, &accounts); err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "demo.unreadable")
	}
	return accounts, nil
}

// Save writes the accounts into the data folder, whole or not at all.
func Save(data string, accounts []Account) error {
	text, err := json.MarshalIndent(accounts, "", "  ")
	if err != nil {
		return errors.Internal(err)
	}
	path := filepath.Join(data, accountsFile)
	if err := os.WriteFile(path+".new", append(text, '\n'), 0o600); err != nil {
		return errors.Wrap(err, errors.Unavailable, "demo.unwritable")
	}
	if err := os.Rename(path+".new", path); err != nil {
		return errors.Wrap(err, errors.Unavailable, "demo.unwritable")
	}
	return nil
}
