package roster

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Draft is an import that is ready to be applied.
type Draft struct {
	Report *Report
	batch  identity.Batch
	plan   *plan
	before []Remark // the doubtful ones that the files are reason for
	skip   bool
}

// SkipRefused lets [Draft.Apply] leave the refused lines out and do the rest.
func (d *Draft) SkipRefused() { d.skip = true }

// plan is the work of [Plan]: what is made from what.
type plan struct {
	roster *Roster
	state  *state
	report *Report
	groups map[string]identity.Group // by source: those of the batch
	pupils *pupils
	keys   map[string]bool // sources that people of the roster have
	source []string        // of each person of the roster
}

// Plan compares the roster with the school and changes nothing.
func Plan(ctx context.Context, dir Directory, school ids.SchoolID, r *Roster) (*Draft, error) {
	s, err := load(ctx, dir, school)
	if err != nil {
		return nil, err
	}
	p := &plan{roster: r, state: s, report: newReport(r), groups: map[string]identity.Group{}, keys: map[string]bool{}}
	for i := range r.People {
		p.keys[r.People[i].Key] = true
	}
	p.openClasses()
	b := identity.Batch{School: school, People: p.entries()}
	for _, key := range slices.Sorted(maps.Keys(p.groups)) {
		b.Groups = append(b.Groups, p.groups[key])
	}
	p.namesakes()
	d := &Draft{Report: p.report, batch: b, plan: p}
	dry := b
	dry.DryRun = true
	saved, err := dir.SaveMembers(ctx, dry)
	if err != nil {
		return nil, err
	}
	d.Report.count(saved)
	for i, o := range saved.Outcomes {
		p.compare(&r.People[i], &b.People[i], o)
	}
	d.before = p.report.Doubtful
	d.tell(saved)
	return d, nil
}

// Apply does what the plan says in one transaction of the school and returns
// the first passwords of the accounts it created. With refused lines that are not
// skipped it is Invalid and does nothing. progress, which may be nil, is told how many of all
// first passwords are made.
func (d *Draft) Apply(ctx context.Context, dir Directory, by audit.By, progress func(done, total int)) ([]identity.FirstPassword, error) {
	if n := len(d.Report.Refused); n > 0 && !d.skip {
		return nil, errors.New(errors.Invalid, "roster.refused.lines", "n", n)
	}
	b := d.batch
	b.By, b.Progress = by, progress
	saved, err := dir.SaveMembers(ctx, b)
	if err != nil {
		return nil, err
	}
	d.Report.count(saved) // the school may have changed since the plan
	d.tell(saved)
	d.Report.Applied = true
	return d.placed(saved), nil
}

func (r *Report) count(saved *identity.Saved) {
	r.Created, r.Changed, r.Unchanged = 0, 0, 0
	for _, o := range saved.Outcomes {
		switch o {
		case identity.Created:
			r.Created++
		case identity.Changed:
			r.Changed++
		default:
			r.Unchanged++
		}
	}
}

// openClasses lists the groups that the batch makes: the classes of pupils and
// every other group. A class that only an adult's line names is likely a
// mistake, and is not made.
func (p *plan) openClasses() {
	for i := range p.roster.People {
		person := &p.roster.People[i]
		if person.Profile == ids.Eleve {
			for _, c := range person.Classes {
				p.open(identity.Classe, c)
			}
		}
		for _, g := range person.Groups {
			p.open(identity.Groupe, g)
		}
	}
}

func (p *plan) open(kind, name string) {
	key := groupSource(kind, name)
	if _, ok := p.groups[key]; ok {
		return
	}
	g := identity.Group{Source: key, Name: name, Kind: kind}
	if known := p.state.groups[key]; known != nil {
		g = *known // keeps its name, and its source where it has one
		if g.Source == "" {
			g.Source = key
		}
	}
	p.groups[key] = g
}

// class returns the sources of the classes that a cell names: one class, or
// several parted by a comma, a stroke or a plus sign where the whole is none.
func (p *plan) class(cell string) (sources []string, unknown string) {
	if src := p.group(identity.Classe, cell); src != "" {
		return []string{src}, ""
	}
	parts := splitClasses(cell)
	if len(parts) == 0 {
		return nil, cell
	}
	for _, part := range parts {
		src := p.group(identity.Classe, part)
		if src == "" {
			return nil, cell
		}
		sources = append(sources, src)
	}
	return sources, ""
}

// splitClasses parts a cell that names several classes.
func splitClasses(cell string) []string {
	return strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",/+;", r) })
}

// group returns the source of a known group, of the batch or of the school, or
// "". One that the school made by hand gets its source now.
func (p *plan) group(kind, name string) string {
	key := groupSource(kind, name)
	if g := p.state.groups[key]; g != nil && g.Source == "" {
		p.open(kind, name)
	}
	if g, ok := p.groups[key]; ok {
		return g.Source
	}
	if g := p.state.groups[key]; g != nil {
		return g.Source
	}
	return ""
}
