package e2e

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// results asks the page of results as a program and returns the titles, the best
// first.
func (c *client) results(t *testing.T, words string) (titles []string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, c.origin+"/recherche?"+url.Values{"q": {words}}.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "application/json")
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var page any
	if err := json.NewDecoder(res.Body).Decode(&page); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%q: %s, %v", words, res.Status, err)
	}
	collect(page, &titles)
	return titles
}

// collect finds the items of lists, wherever they are in a tree.
func collect(node any, titles *[]string) {
	switch n := node.(type) {
	case []any:
		for _, one := range n {
			collect(one, titles)
		}
	case map[string]any:
		if list, ok := n["list"].(map[string]any); ok {
			items, _ := list["items"].([]any) // none: nothing was found
			for _, item := range items {
				*titles = append(*titles, plainText(item.(map[string]any)["title"]))
			}
			return
		}
		for _, key := range []string{"nodes", "section"} {
			collect(n[key], titles)
		}
	}
}

// plainText is what a person reads, with ordinary spaces.
func plainText(words any) string {
	if m, ok := words.(map[string]any); ok {
		words = m["plain"]
	}
	s, _ := words.(string)
	return strings.Map(func(r rune) rune {
		if r == '\u00a0' || r == '\u202f' {
			return ' '
		}
		return r
	}, s)
}

// filled waits until the demonstration's documents are in the index: they come
// by events, after the modules serve.
func filled(t *testing.T, c *client) {
	t.Helper()
	for end := time.Now().Add(time.Minute); len(c.results(t, "récit rencontre")) == 0; time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the demonstration's homework is not found")
		}
	}
}

// TestTwoWordsFind: what families, teachers and heads type, with and without
// accents and with slips, brings first what they mean.
func TestTwoWordsFind(t *testing.T) {
	const récit, travaux = "Récit d’une page : une rencontre inattendue", "Compte rendu de travaux pratiques : la masse volumique"
	who := map[string]*client{}
	for _, profile := range []string{"eleve", "parent", "enseignant", "viescolaire", "direction"} {
		who[profile] = signedIn(t, school, school.Account(t, profile, "Collège"))
	}
	filled(t, who["eleve"])
	for _, c := range []struct{ profile, words, first string }{
		{"eleve", "récit rencontre", récit},
		{"eleve", "recit inatendue", récit},
		{"eleve", "devoir maison", "Devoir maison n° 3 : proportionnalité"},
		{"eleve", "proportionalité exercices", "Devoir maison n° 3 : proportionnalité"},
		{"eleve", "vocabulaire lecon", "Apprendre la leçon et le vocabulaire"},
		{"eleve", "présenter famille", "Présenter sa famille en dix phrases"},
		{"eleve", "family sentences", "Présenter sa famille en dix phrases"},
		{"eleve", "exercises page", "Exercices 12 à 15 page 84"},
		{"eleve", "lire chapitre", "Lire les chapitres 4 à 6"},
		{"eleve", "carte légendes", "Carte à compléter"},
		{"eleve", "musee sortie", "Sortie au musée des Beaux-Arts"},
		{"eleve", "conseil clase", "Conseil de classe du premier trimestre"},
		{"eleve", "handball entrainement", "Entraînement de handball"},
		{"eleve", "mot passe", "Mot de passe"},
		{"eleve", "laurent pelerin", "Laurent Pellerin"},
		{"eleve", "masse volumique", travaux},
		{"parent", "réunion parents", "Réunion parents-professeurs"},
		{"parent", "reunion profs", "Réunion parents-professeurs"},
		{"parent", "photo classe", "Photographie de classe"},
		{"parent", "semaine presse", "Semaine de la presse et des médias"},
		{"parent", "accesibilité rgaa", "Accessibilité"},
		{"enseignant", "lila ndiaye", "Lila N’Diaye"},
		{"enseignant", "6e A", "6e A"},
		{"enseignant", "equipe pédagogique", "Réunion d’équipe pédagogique"},
		{"enseignant", "travaux pratique", travaux},
		{"viescolaire", "microscope observations", "Compte rendu d’observation au microscope"},
		{"viescolaire", "aide introduction", "Aide"},
		{"direction", "taille fichiers", "Taille maximale d’un fichier (Mo)"},
		{"direction", "logo couleurs", "Apparence"},
		{"direction", "droits permissions", "Droits"},
		{"direction", "bandeau mesage", "Annonces"},
		{"direction", "journal connexions", "Journal"},
		{"direction", "exercice evacuation", "Exercice d’évacuation"},
		{"direction", "isabele ndiaye", "Isabelle N’Diaye"},
	} {
		if got := who[c.profile].results(t, c.words); len(got) == 0 || got[0] != c.first {
			t.Errorf("%s, %q: %q, want %q first", c.profile, c.words, got, c.first)
		}
	}
	for profile, words := range map[string]string{
		"eleve": "droits permissions", "parent": "isabele martin taille fichiers", "enseignant": "journal connexions",
	} {
		for _, title := range who[profile].results(t, words) {
			if title == "Droits" || title == "Journal" || strings.HasPrefix(title, "Taille maximale") {
				t.Errorf("%s finds %q", profile, title)
			}
		}
	}
}
