package e2e

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// hit is a line of the results: where it leads and what it is called.
type hit struct{ address, title string }

// hits asks the page of results as a program; in is one source, empty: all.
func (c *client) hits(t *testing.T, words, in string) (list []hit) {
	t.Helper()
	q := url.Values{"q": {words}}
	if in != "" {
		q.Set("dans", in)
	}
	req, err := http.NewRequest(http.MethodGet, c.origin+"/recherche?"+q.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "application/json")
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if in != "" && res.StatusCode == http.StatusNotFound {
		return nil // not a source of theirs
	}
	var page any
	if err := json.NewDecoder(res.Body).Decode(&page); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%q in %q: %s, %v", words, in, res.Status, err)
	}
	leads(page, &list)
	return list
}

// leads finds the items of lists, wherever they are in a tree.
func leads(node any, list *[]hit) {
	switch n := node.(type) {
	case []any:
		for _, one := range n {
			leads(one, list)
		}
	case map[string]any:
		if all, ok := n["list"].(map[string]any); ok {
			items, _ := all["items"].([]any)
			for _, item := range items {
				link, _ := item.(map[string]any)["link"].(map[string]any)
				address, _ := link["path"].(string)
				if module, _ := link["module"].(string); module != "" {
					address = "/m/" + module + address
				}
				*list = append(*list, hit{address, plainText(item.(map[string]any)["title"])})
			}
			return
		}
		for _, key := range []string{"nodes", "section"} {
			leads(n[key], list)
		}
	}
}

// TestFoundIsOpenedByEverybody: whatever the page of results shows somebody, the
// address answers them; and what others find there and they do not, they do not
// find by guessing its title either. Homework, events, people, classes, pages,
// settings and help, for all six profiles and for the head of another school.
func TestFoundIsOpenedByEverybody(t *testing.T) {
	who := map[string]*client{}
	for _, profile := range []string{"eleve", "parent", "enseignant", "viescolaire", "direction", "personnel"} {
		who[profile] = signedIn(t, school, school.Account(t, profile, "Collège"))
	}
	who["elsewhere"] = signedIn(t, school, school.Account(t, "direction", "Lycée"))
	filled(t, who["eleve"])
	found := map[string]map[string]string{} // by who: the titles of addresses
	opens := map[string]map[string]bool{}
	check := func(name string, list []hit) {
		for _, h := range list {
			if _, known := opens[name][h.address]; !known {
				_, status, err := who[name].get(h.address)
				if opens[name][h.address] = err == nil && status == http.StatusOK; !opens[name][h.address] {
					t.Errorf("%s finds %q, and %s answers %d, %v", name, h.title, h.address, status, err)
				}
			}
			found[name][h.address] = h.title
		}
	}
	for name, c := range who {
		found[name], opens[name] = map[string]string{}, map[string]bool{}
		for _, words := range []string{"récit", "exercices page", "devoir maison", "carte", "réunion", "conseil de classe", "sortie", "brevet", "6e A", "3e", "groupe",
			"martin", "ndiaye", "parent", "professeur", "accueil", "notifications", "mot de passe", "langue", "aide", "services", "droits", "journal", "personnes",
			"annonces", "apparence", "modules", "fichiers", "horaires", "connexion", "jetons", "agenda", "devoirs"} {
			check(name, c.hits(t, words, ""))
			for _, in := range []string{"core.people", "core.classes", "core.pages", "core.settings", "core.help"} {
				check(name, c.hits(t, words, in))
			}
		}
	}
	titles := map[string]bool{}
	for _, theirs := range found {
		for _, title := range theirs {
			titles[title] = true
		}
	}
	for name, c := range who {
		before := maps.Clone(found[name])
		for _, title := range slices.Sorted(maps.Keys(titles)) {
			check(name, c.hits(t, title, "")) // whatever this shows, it opens
		}
		hidden := 0
		for other, theirs := range found {
			for address, title := range theirs {
				if _, mine := before[address]; mine || other == name {
					continue
				}
				if _, status, err := c.get(address); err != nil || status == http.StatusOK {
					continue // it is theirs too: they only asked for something else
				}
				hidden++
				if _, guessed := found[name][address]; guessed {
					t.Errorf("%s finds %q of %s by its title", name, title, address)
				}
			}
		}
		if hidden == 0 && name != "direction" {
			t.Errorf("nothing that others find is hidden from %s: the test tells nothing", name)
		}
		if len(before) < 10 {
			t.Errorf("%s finds only %d: the test tells little", name, len(before))
		}
	}
	for _, kind := range []string{"/m/devoirs/", "/m/agenda/", "/annuaire/classe/", "/annuaire/", "/compte/", "/administration/", "/aide"} {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(found["direction"])), func(a string) bool { return strings.HasPrefix(a, kind) }) {
			t.Errorf("nothing at %s is found by the head", kind)
		}
	}
}
