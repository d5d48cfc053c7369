package roster

import (
	"cmp"
	"slices"

	"github.com/preau-ent/preau/sdk/ids"
)

// Report says what an import would do or did. In a plan the numbers are what
// would happen; of an import that was refused they are zero.
type Report struct {
	Created   int                 `json:"created"`
	Changed   int                 `json:"changed"`
	Unchanged int                 `json:"unchanged"`
	Doubtful  []Remark            `json:"doubtful"` // done as the file says, to be looked at
	Refused   []Remark            `json:"refused"`  // nothing is done while there are any
	Read      map[ids.Profile]int `json:"read"`     // people in the files, by profile
	Applied   bool                `json:"applied"`  // the school was changed, or was so already
}

// RefusedReport is the report of files that were refused whole.
func RefusedReport(why Remark) *Report {
	return &Report{Doubtful: []Remark{}, Refused: []Remark{why}, Read: map[ids.Profile]int{}}
}

func newReport(r *Roster) *Report {
	report := &Report{
		Doubtful: append([]Remark{}, r.Doubtful...),
		Refused:  append([]Remark{}, r.Refused...),
		Read:     map[ids.Profile]int{},
	}
	for i := range r.People {
		report.Read[r.People[i].Profile]++
	}
	return report
}

func (r *Report) doubt(p *Person, key string, args ...any) {
	r.Doubtful = append(r.Doubtful, remark(p.At, key, append([]any{"name", p.Name()}, args...)...))
}

// sort puts the remarks in the order of the files' lines.
func (r *Report) sort() {
	order := func(a, b Remark) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	}
	slices.SortStableFunc(r.Doubtful, order)
	slices.SortStableFunc(r.Refused, order)
}
