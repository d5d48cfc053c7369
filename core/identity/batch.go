package identity

import (
	"strings"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Batch is what one import writes into one school, all or nothing.
type Batch struct {
	By     audit.By
	School ids.SchoolID
	Groups []Group // matched by Source; new ones get an ID
	People []Entry
	Leave  []ids.PersonID // who is not in the export any more
	DryRun bool           // compute the result, write nothing
	// Progress is told how many of the first passwords that are needed are
	// hashed; it may be nil. It is called from one goroutine at a time.
	Progress func(done, total int)
}

// Entry is one person of an import. Person links the same person of another
// school, said explicitly: names alone never do.
type Entry struct {
	Source    string       // required: the key in the export, unique in the school
	Person    ids.PersonID // this existing person; empty: matched by Source, or new
	FirstName string
	LastName  string
	Birth     string // 2006-01-02 or empty
	Email     string
	Profile   ids.Profile
	Roles     []string // extra roles; nil keeps those the school gave
	Groups    []string // sources of groups, of the batch or of the school; groups without source are kept
	Children  []string // sources of pupils, of the batch or of the school; nil keeps them
	Login     string   // wanted login of a new account; empty: prenom.nom
	Password  string   // first password of a new account; empty: generated
	Keep      bool     // Password needs no change at the first sign-in (demonstrations)
}

// Outcome is what became of one entry.
type Outcome string

// The outcomes.
const (
	Created   Outcome = "created"
	Changed   Outcome = "changed"
	Unchanged Outcome = "unchanged"
)

// Saved is the result of a batch.
type Saved struct {
	Outcomes []Outcome       // in the order of the entries
	People   []ids.PersonID  // in the order of the entries; in a dry run empty for new ones
	Left     int             // people who left
	Groups   int             // groups created or changed
	Ended    []Ended         // what somebody's new profile does not have, in the order of the entries
	First    []FirstPassword // of the accounts created; never stored in clear
}

// Ended is what a batch takes from a member with the profile they had.
type Ended struct {
	Entry     int            // its place in the batch
	Children  []ids.PersonID // whose guardian they are no longer
	Guardians []ids.PersonID // who were theirs
	Groups    []ids.GroupID  // that the school had made by hand
	Roles     []string
}

// FirstPassword is one line of the sheet that the school prints.
type FirstPassword struct {
	Person    ids.PersonID `json:"person"`
	FirstName string       `json:"first_name"`
	LastName  string       `json:"last_name"`
	Profile   ids.Profile  `json:"profile"`
	Groups    []string     `json:"groups"` // names
	Login     string       `json:"login"`
	Password  string       `json:"password"`
}

// check says what is wrong with the batch by itself.
func (b *Batch) check() error {
	sources := map[string]bool{}
	for _, g := range b.Groups {
		switch {
		case !validSource(g.Source) || sources["g "+g.Source]:
			return errors.New(errors.Invalid, "identity.import.source", "source", g.Source)
		case strings.TrimSpace(g.Name) == "" || len(g.Name) > 100:
			return errors.New(errors.Invalid, "identity.group.name", "source", g.Source)
		case g.Kind != Classe && g.Kind != Groupe:
			return errors.New(errors.Invalid, "identity.group.kind", "source", g.Source)
		}
		sources["g "+g.Source] = true
	}
	for _, e := range b.People {
		if !validSource(e.Source) || sources["p "+e.Source] {
			return errors.New(errors.Invalid, "identity.import.source", "source", e.Source)
		}
		sources["p "+e.Source] = true
		if err := e.check(); err != nil {
			return err
		}
	}
	return nil
}

// validSource bounds a key so that it fits into the store's.
func validSource(source string) bool { return source != "" && len(source) <= 200 }

func (e *Entry) check() error {
	switch {
	case !e.Profile.Valid():
		return errors.New(errors.Invalid, "identity.import.profile", "source", e.Source)
	case e.Profile == ids.Eleve && len(e.Children) > 0:
		return errors.New(errors.Invalid, "identity.import.pupil", "source", e.Source)
	case strings.TrimSpace(e.FirstName+e.LastName) == "" || len(e.FirstName) > 100 || len(e.LastName) > 100:
		return errors.New(errors.Invalid, "identity.import.name", "source", e.Source)
	case len(e.Password) > maxPassword:
		return errors.New(errors.Invalid, "identity.password.long", "source", e.Source)
	case e.Login != "":
		return checkLogin(e.Login)
	}
	return nil
}
