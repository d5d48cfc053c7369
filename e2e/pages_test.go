package e2e

import (
	"net/url"
	"regexp"
	"strings"
)

// profiles of the collège whose every page is visited.
var profiles = []string{"eleve", "parent", "enseignant", "viescolaire", "direction", "personnel"}

// most is where a walk ends: no profile has that many kinds of pages.
const most = 60

// walk visits one page of each kind, breadth first, and returns the kinds.
func walk(b *Browser, look func(path string)) map[string]bool {
	seen, queue := map[string]bool{"/": true}, []string{"/"}
	for visited := 0; len(queue) > 0 && visited < most; visited++ {
		path := queue[0]
		queue = queue[1:]
		b.Go(path)
		look(path)
		for _, to := range eval[[]string](b, `[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))`) {
			if k := kind(to); k != "" && !seen[k] {
				seen[k] = true
				queue = append(queue, to)
			}
		}
	}
	return seen
}

var (
	identifier = regexp.MustCompile(`[0-9A-Z]{26}|[0-9a-f]{16,}`)
	notPages   = regexp.MustCompile(`\.(zip|ics|svg|css|js|txt|png|json|csv|pdf|webmanifest)$|/fichier/|^/e/|^/semaine/classe/`) // /e/<school>/… leads to the same page, a class is a PDF
)

// kind is a page's address without what only tells one homework from another;
// empty for what is no page of the school.
func kind(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Host != "" || !strings.HasPrefix(u.Path, "/") || notPages.MatchString(u.Path) {
		return ""
	}
	view := u.Query()
	for name := range view {
		if name != "vue" && name != "onglet" && name != "liste" {
			view.Del(name)
		}
	}
	return identifier.ReplaceAllString(u.Path, "…") + "?" + view.Encode()
}

func fileName(path string) string {
	name := identifier.ReplaceAllString(strings.Trim(path, "/"), "x")
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune("/?&=", r) {
			return '-'
		}
		return r
	}, name)
	if name == "" {
		return "accueil"
	}
	return clip(name, 60)
}
