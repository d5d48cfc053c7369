package main

import (
	"strings"

	"github.com/preau-ent/preau/sdk/ui"
)

// subjectIcons gives a subject its icon by how its name begins or what it
// holds; the first match counts.
var subjectIcons = []struct{ part, icon string }{
	{"math", ui.IconMaths},
	{"physique", ui.IconScience}, {"svt", ui.IconScience}, {"science", ui.IconScience}, {"chimie", ui.IconScience},
	{"histoire", ui.IconGlobe}, {"géo", ui.IconGlobe},
	{"anglais", ui.IconLanguages}, {"espagnol", ui.IconLanguages}, {"allemand", ui.IconLanguages},
	{"italien", ui.IconLanguages}, {"latin", ui.IconLanguages}, {"lv", ui.IconLanguages},
	{"français", ui.IconBook}, {"lecture", ui.IconBook}, {"philo", ui.IconBook},
	{"musi", ui.IconMusic}, {"art", ui.IconArt},
	{"eps", ui.IconSport}, {"sport", ui.IconSport},
	{"techno", ui.IconComputer}, {"informatique", ui.IconComputer}, {"nsi", ui.IconComputer}, {"snt", ui.IconComputer},
}

// subjectIcon returns the icon of a subject as a teacher typed it.
func subjectIcon(subject string) string {
	subject = strings.ToLower(subject)
	for _, s := range subjectIcons {
		if strings.Contains(subject, s.part) {
			return s.icon
		}
	}
	return ui.IconHomework
}
