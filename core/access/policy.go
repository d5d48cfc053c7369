package access

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

//go:embed model.conf
var modelText string

// anywhere is the domain of the templates.
const anywhere = "*"

// policy is a set of rules as Casbin decides on them.
type policy struct{ enforcer *casbin.Enforcer }

// newPolicy returns the policy of these templates and of one school's rules.
func newPolicy(templates []Permission, school ids.SchoolID, rules []rule) (*policy, error) {
	m, err := model.NewModelFromString(modelText)
	if err != nil {
		return nil, errors.Internal(err)
	}
	e, err := casbin.NewEnforcer(m)
	if err != nil {
		return nil, errors.Internal(err)
	}
	for role, included := range inherits {
		for _, r := range included {
			if _, err := e.AddGroupingPolicy(role, r); err != nil {
				return nil, errors.Internal(err)
			}
		}
	}
	if lines := policyLines(templates, school, rules); len(lines) > 0 {
		if _, err := e.AddPoliciesEx(lines); err != nil {
			return nil, errors.Internal(err)
		}
	}
	return &policy{e}, nil
}

// policyLines are in the order in which they decide: Casbin keeps the order of
// rules that are added together, whatever their priority says.
func policyLines(templates []Permission, school ids.SchoolID, rules []rule) [][]string {
	var lines [][]string
	for _, t := range templates {
		for _, role := range t.Default {
			lines = append(lines, []string{priority(role, false), role, anywhere, string(t.ID), string(Allow)})
		}
	}
	for _, r := range rules {
		lines = append(lines, []string{priority(r.Role, true), r.Role, string(school), r.Object, string(r.Effect)})
	}
	slices.SortStableFunc(lines, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return lines
}

// allows asks Casbin.
func (p *policy) allows(role string, school ids.SchoolID, object ids.Permission) (bool, error) {
	ok, err := p.enforcer.Enforce(role, string(school), string(object))
	if err != nil {
		return false, errors.Internal(err)
	}
	return ok, nil
}

// priority of a rule about role: smaller decides first. Two digits, so that
// text sorts as numbers do.
func priority(role string, schools bool) string {
	n := 2 * rank(role)
	if !schools {
		n++
	}
	return fmt.Sprintf("%02d", n)
}

// rank is 0 for a role that no other includes, else one more than the highest
// rank of those that include it.
func rank(role string) int {
	n := 0
	for upper, included := range inherits {
		for _, r := range included {
			if r == role {
				n = max(n, 1+rank(upper))
			}
		}
	}
	return n
}
