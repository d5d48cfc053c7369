package access

import (
	"slices"

	"github.com/preau-ent/preau/sdk/ids"
)

// catalogue numbers the permissions of all registered modules and holds what
// the templates alone give. It never changes: modules that come or go make a
// new one.
type catalogue struct {
	permissions []Permission // by number
	number      map[ids.Permission]int
	modules     map[ids.ModuleID]span
	order       []ids.ModuleID // core first, then by name
	base        sets
}

// span is the numbers of one module's permissions: first included, end not.
type span struct{ first, end int }

// template is what one module registered, decided by Casbin once.
type template struct {
	permissions []Permission
	allowed     map[string][]bool // role → in the order of permissions
}

// newTemplate asks Casbin what each role has of these permissions in a school
// that says nothing.
func newTemplate(permissions []Permission) (template, error) {
	t := template{permissions, map[string][]bool{}}
	p, err := newPolicy(permissions, "", nil)
	if err != nil {
		return t, err
	}
	for _, role := range Roles() {
		for _, perm := range permissions {
			ok, err := p.allows(role, "", perm.ID)
			if err != nil {
				return t, err
			}
			t.allowed[role] = append(t.allowed[role], ok)
		}
	}
	return t, nil
}

func newCatalogue(templates map[ids.ModuleID]template) *catalogue {
	c := &catalogue{number: map[ids.Permission]int{}, modules: map[ids.ModuleID]span{}}
	for module := range templates {
		c.order = append(c.order, module)
	}
	slices.SortFunc(c.order, func(a, b ids.ModuleID) int {
		switch {
		case a == b:
			return 0
		case a == Core || b != Core && a < b:
			return -1
		}
		return 1
	})
	total := 0
	for _, t := range templates {
		total += len(t.permissions)
	}
	c.base = newSets(total)
	for _, module := range c.order {
		first, t := len(c.permissions), templates[module]
		for i, p := range t.permissions {
			c.number[p.ID] = first + i
			for role, allowed := range t.allowed {
				c.base.put(role, first+i, allowed[i])
			}
		}
		c.permissions = append(c.permissions, t.permissions...)
		c.modules[module] = span{first, len(c.permissions)}
	}
	return c
}

// compile returns the sets of a school that made these changes. Only the
// permissions that it speaks of can differ from the templates, so only those
// are asked of Casbin.
func (c *catalogue) compile(school ids.SchoolID, rules []rule) (sets, error) {
	var about []Permission
	var known []rule
	for _, r := range rules {
		i, ok := c.number[ids.Permission(r.Object)]
		if !ok {
			continue // its module is away
		}
		known = append(known, r)
		if !slices.ContainsFunc(about, func(p Permission) bool { return p.ID == c.permissions[i].ID }) {
			about = append(about, c.permissions[i])
		}
	}
	if len(known) == 0 {
		return c.base, nil
	}
	p, err := newPolicy(about, school, known)
	if err != nil {
		return sets{}, err
	}
	result := c.base.clone()
	for _, role := range Roles() {
		for _, perm := range about {
			ok, err := p.allows(role, school, perm.ID)
			if err != nil {
				return sets{}, err
			}
			result.put(role, c.number[perm.ID], ok)
		}
	}
	return result, nil
}
