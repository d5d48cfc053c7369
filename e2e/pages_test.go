package e2e

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// profiles of the collège whose every page is visited.
var profiles = []string{"eleve", "parent", "enseignant", "viescolaire", "direction", "personnel"}

// most is where a walk ends: no profile has that many kinds of pages.
const most = 60

// TestEveryPage walks through all that a profile can reach from home, on a
// phone: no axe violation, no CSP report, no script error, nothing wider than
// the screen.
func TestEveryPage(t *testing.T) {
	for _, profile := range profiles {
		t.Run(profile, func(t *testing.T) {
			b := open(t, Phone)
			b.SignIn(school.Account(t, profile, "Collège"))
			seen := walk(b, func(path string) {
				b.Sound()
				b.Picture("page-" + profile + "-" + fileName(path))
			})
			if len(seen) < 5 {
				t.Errorf("only %d pages were found: %v", len(seen), seen)
			}
			t.Logf("%s: %d kinds of pages", profile, len(seen))
		})
	}
}

// walk visits one page of each kind, breadth first, and returns the kinds.
func walk(b *Browser, look func(path string)) map[string]bool {
	seen, queue := map[string]bool{"/": true}, []string{"/"}
	for len(queue) > 0 && len(seen) < most {
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
	notPages   = regexp.MustCompile(`\.(zip|ics|svg|css|js|txt|png|json|csv)$|/fichier/`)
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

// TestFirstPagesOfEachProfile keeps pictures of home and of each module's first
// page, phone and desktop, light and dark, for whoever wants to look.
func TestFirstPagesOfEachProfile(t *testing.T) {
	for _, profile := range profiles {
		t.Run(profile, func(t *testing.T) {
			b := open(t, Desktop)
			b.SignIn(school.Account(t, profile, "Collège"))
			look := func(path, name string) {
				b.Go(path)
				b.Sound()
				b.Picture(name)
			}
			look("/", "home-"+profile+"-desktop")
			for _, module := range []string{"agenda", "devoirs"} {
				if path := "/m/" + module + "/"; b.Status(path) == 200 {
					look(path, module+"-"+profile+"-desktop")
				}
			}
			b.Width(Phone)
			look("/", "home-"+profile+"-phone")
			b.Dark()
			look("/", "home-"+profile+"-phone-dark")
		})
	}
}
