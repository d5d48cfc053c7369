package notify

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Kind is a kind of notice, as a module's manifest declares it.
type Kind struct {
	manifest.Notice
	Module ids.ModuleID
}

// Key names the kind among those of all modules.
func (k Kind) Key() string {
	if k.ID == "" {
		return string(k.Module)
	}
	return string(k.Module) + "." + k.ID
}

// KindsOf lists the kinds of notices that can reach a person in any of these
// schools, each once: what the person may choose about.
func (s *Service) KindsOf(ctx context.Context, person ids.PersonID, schools ...ids.SchoolID) (out []Kind, err error) {
	for _, school := range schools {
		readers, err := s.readers(ctx, school, []ids.PersonID{person})
		if err != nil {
			return nil, err
		}
		for _, k := range s.kinds(school) {
			if slices.ContainsFunc(readers, func(r Reader) bool { return r.receives(k) }) &&
				!slices.ContainsFunc(out, func(o Kind) bool { return o.Key() == k.Key() }) {
				out = append(out, k)
			}
		}
	}
	return out, nil
}

// kinds lists the kinds of notices of a school's modules.
func (s *Service) kinds(school ids.SchoolID) []Kind {
	if s.tools.Kinds == nil {
		return nil
	}
	return s.tools.Kinds(school)
}

// holding lists what these roles may of all that kinds of notices ask for.
func (s *Service) holding(school ids.SchoolID, roles []string, kinds []Kind) (held []ids.Permission) {
	for _, k := range kinds {
		if k.Permission != "" && !slices.Contains(held, k.Permission) && s.tools.May != nil && s.tools.May(school, roles, k.Permission) {
			held = append(held, k.Permission)
		}
	}
	return held
}

// kind finds what a module calls a kind of notice; the empty name is its first
// one, or what stands for a module that declares none. Invalid for a name it
// did not declare.
func (s *Service) kind(school ids.SchoolID, module ids.ModuleID, name string) (Kind, error) {
	for _, k := range s.kinds(school) {
		if k.Module == module && (name == "" || k.ID == name) {
			return k, nil
		}
	}
	if name != "" {
		return Kind{}, errors.New(errors.Invalid, "notify.kind", "kind", name)
	}
	return Kind{Module: module}, nil
}
