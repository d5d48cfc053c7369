package identity

import (
	"github.com/preau-ent/preau/core/audit"
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
	// Progress is told how many passwords of all that are needed are hashed;
	// it may be nil. It is called from one goroutine at a time.
	Progress func(done, total int)
}

// Entry is one person of an import.
type Entry struct {
	Source    string       // required: the key in the export, unique in the school
	Person    ids.PersonID // this existing person, said explicitly; empty: matched by Source, or new
	FirstName string
	LastName  string
	Birth     string // 2006-01-02 or empty
	Email     string
	Profile   ids.Profile
	Roles     []string // extra roles; nil keeps those given in the school
	Groups    []string // sources of groups, of the batch or of the school
	Children  []string // sources of pupils, of the batch or of the school
	Login     string   // wanted login; empty: prenom.nom
	Password  string   // first password; empty: generated
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
	First    []FirstPassword // of the accounts created; never stored in clear
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
