package roster

import "github.com/preau-ent/preau/sdk/ids"

// The sources, which are also the prefixes of the keys.
const (
	SourceONDE = "onde"
	SourceCSV  = "csv"
)

// File is one file to read, by the name that reports show.
type File struct {
	Name string `json:"name"`
	Data []byte `json:"data"`
}

// Roster is what the files say: people, the groups they name and the children
// of the guardians.
type Roster struct {
	Source   string   // SourceONDE or SourceCSV
	People   []Person // in the order of the files
	Doubtful []Remark // what a person should look at
	Refused  []Remark // lines that cannot be used
}

// Person is one person of the files.
type Person struct {
	Key       string // stable from one import to the next, unique in the roster
	ID        string // the file's own identifier; empty in ONDE
	Profile   ids.Profile
	LastName  string // the name in use
	BirthName string // the family name where it is another one
	FirstName string
	Birth     string // "2006-01-02", empty when unknown
	Email     string
	Address   string // postal, on one line; tells homonyms apart and is not kept
	Classes   []string
	Groups    []string // groups that are not classes
	Children  []Child
	At        Place
}

// Child is how a guardian's line names a child: by the file's identifier, or
// by name and class.
type Child struct {
	ID        string
	LastName  string
	BirthName string
	FirstName string
	Class     string
}

// Place is a line of a file; the first line is 1.
type Place struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// Count returns how many people of the roster have the profile.
func (r *Roster) Count(p ids.Profile) int {
	n := 0
	for i := range r.People {
		if r.People[i].Profile == p {
			n++
		}
	}
	return n
}
