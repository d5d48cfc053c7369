package locale

import "github.com/preau-ent/preau/sdk/ids"

// Label names words that a school may put its own in place of.
type Label struct {
	Module ids.ModuleID // "" is the core
	Key    string
}

// Labels returns what a school calls things in a language; it is asked for every
// page and must be quick. Nil is nothing.
type Labels func(school ids.SchoolID, lang string) map[Label]string

// CoreLabels lists the keys of the core that a school may rename: names of
// things that schools call differently, never a sentence or a button. Besides
// them it may rename every module.
func CoreLabels() []string {
	return []string{
		"web.nav.home",
		"draw.family.scolarite", "draw.family.communication", "draw.family.vie", "draw.family.outils",
		"profile.eleve", "profile.parent", "profile.enseignant", "profile.viescolaire", "profile.direction", "profile.personnel",
		"console.group.classe", "console.group.groupe",
	}
}

// Rename sets where schools' own labels come from: once, before anybody speaks.
func (c *Catalogue) Rename(l Labels) { c.labels = l }

// For returns the speaker with the labels of a school.
func (s *Speaker) For(school ids.SchoolID) *Speaker {
	if s.labels == nil || school == "" {
		return s
	}
	next := *s
	next.renamed = s.labels(school, s.Lang)
	return &next
}

// label returns the school's own words for a key, in the module or the core.
func (s *Speaker) label(key string) (string, bool) {
	if len(s.renamed) == 0 {
		return "", false
	}
	text, ok := s.renamed[Label{s.of, key}]
	return text, ok
}
