package draw

import "github.com/a-h/templ"

// barItems is how many entries a phone's bar has beside "Menu".
const barItems = 4

type navGroup struct {
	family string
	items  []NavItem
}

// navGroups splits the menu into families, in the order of their first entry.
func navGroups(all []NavItem) []navGroup {
	var groups []navGroup
	at := map[string]int{}
	for _, it := range all {
		i, ok := at[it.Family]
		if !ok {
			i = len(groups)
			at[it.Family] = i
			groups = append(groups, navGroup{family: it.Family})
		}
		groups[i].items = append(groups[i].items, it)
	}
	return groups
}

func mainItems(all []NavItem) []NavItem {
	var out []NavItem
	for _, it := range all {
		if it.Main && len(out) < barItems {
			out = append(out, it)
		}
	}
	return out
}

func groupMarks(family string) templ.Attributes {
	if family == "" {
		return nil
	}
	return templ.Attributes{"aria-labelledby": "menu-" + family}
}
