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

// awaited are kinds of pages that a walk must come by: no link to them is lost.
var awaited = map[string][]string{
	"eleve":      {"/compte/affichage?", "/semaine?"},
	"parent":     {"/compte/affichage?", "/compte/courriel?", "/semaine?"},
	"enseignant": {"/compte/affichage?", "/compte/courriel?"},
	"direction": {"/compte/affichage?", "/compte/courriel?", "/administration/classes?", "/administration/classes/…?",
		"/administration/personnes/…/profil?", "/administration/personnes/…/corriger?", "/administration/annonces?"},
}

// walk visits one page of each kind, breadth first, and returns the kinds.
func walk(b *Browser, look func(path string)) map[string]bool {
	opened, seen, queue := map[string]bool{}, map[string]bool{"/": true}, []string{"/"}
	for len(queue) > 0 && len(opened) < most {
		path := queue[0]
		queue = queue[1:]
		b.Go(path)
		look(path)
		opened[kind(path)] = true
		for _, to := range eval[[]string](b, `[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))`) {
			if k := kind(to); k != "" && !seen[k] {
				seen[k] = true
				queue = append(queue, to)
			}
		}
	}
	return opened
}

// missed are the kinds that a profile's walk has not come by.
func missed(profile string, opened map[string]bool) (out []string) {
	for _, k := range awaited[profile] {
		if !opened[k] {
			out = append(out, k)
		}
	}
	return out
}

// TestPagesInTheirStates looks, as [TestReach] does, at pages as they are once
// something was done: no walk through the demonstration finds them so.
func TestPagesInTheirStates(t *testing.T) {
	s := startTimed(t)
	first := open(t, Desktop)
	v := &visit{t: t, reach: &reach{packs: sheets(t, first), templates: map[string]bool{}, results: map[string]map[string]int{}}}
	as := func(profile string) *client {
		t.Helper()
		v.profile, v.menu, v.Browser = profile, nil, first.tab(t, Desktop)
		a := school.Account(t, profile, "Collège")
		v.SignIn(a)
		return signedIn(t, s.school, a)
	}
	see := func(state, path string, words ...string) {
		t.Helper()
		clear(v.templates)
		v.profile, v.path = state, path
		v.Go(path)
		v.Sees(words...)
		v.look()
	}

	parent := as("parent")
	see("sans-demande", "/compte/courriel", "Recevoir le lien")
	parent.does(t, "/compte/courriel", url.Values{"courriel": {"famille@example.org"}})
	see("demande", "/compte/courriel", "Un lien a été envoyé à famille@example.org", "Annuler cette demande")
	letters := s.mails.read()
	_, link, _ := strings.Cut(strings.TrimPrefix(s.leads(letters[len(letters)-1], `/e/\w+/compte/courriel/[\w-]+`), "/e/"), "/")
	see("lien", "/"+link, "Confirmer mon adresse")
	parent.does(t, "/"+link, nil)
	parent.does(t, "/compte/courriel", url.Values{"courriel": {"autre@example.org"}})
	see("deux-adresses", "/compte/courriel", "famille@example.org, l’adresse que vous avez donnée", "autre@example.org", "Revenir à l’adresse de l’établissement")

	head := as("direction")
	head.does(t, "/administration/classes", url.Values{"nom": {"Atelier échecs"}, "genre": {"groupe"}})
	v.Go("/administration/classes")
	group := eval[string](v.Browser, `[...document.querySelectorAll('main a')].find(a => a.textContent.includes('Atelier échecs')).pathname`)
	head.does(t, group+"/supprimer", nil)
	see("supprimee", "/administration/classes", "Atelier échecs", "Rétablir")
	head.does(t, group+"/retablir", nil)
	see("retablie", group, "Atelier échecs")
}

// TestSchoolNameBreaksBetweenWords: on a phone, in every pack, with large letters
// and the wide font, what does not fit beside the tools stands above them; with
// the usual letters the whole name is seen.
func TestSchoolNameBreaksBetweenWords(t *testing.T) {
	const broken = `(() => {
		const box = document.querySelector('.brand > span:last-child'), text = box.firstChild, out = [];
		for (const word of text.textContent.matchAll(/[^\s-]+/g)) {
			const r = document.createRange();
			r.setStart(text, word.index), r.setEnd(text, word.index + word[0].length);
			if (new Set([...r.getClientRects()].map((l) => Math.round(l.top))).size > 1) out.push('broken: ' + word[0]);
		}
		const { size, font } = document.documentElement.dataset;
		if (!size && !font && innerWidth >= 360 && box.scrollHeight > box.clientHeight + 2) out.push('cut off: ' + text.textContent);
		return out;
	})()`
	b := open(t, Desktop)
	packs := sheets(t, b)
	b = b.tab(t, Phone)
	b.SignIn(school.Account(t, "parent", "Collège"))
	b.Go("/compte/affichage") // has the letters at hand
	eval[int](b, asked)
	for _, pack := range packs {
		eval[int](b, `reach.pack(`+quote(pack.Address)+`)`)
		for _, look := range []string{"", "grand", "tresgrand"} {
			for _, font := range []string{"", "dys"} {
				eval[any](b, `(d => { d.size = `+quote(look)+`; d.font = `+quote(font)+`; document.querySelector('link[href*="/dys-"]').media = 'all'; })(document.documentElement.dataset)`)
				for _, width := range []int64{320, Phone, 412} {
					b.Width(width)
					eval[any](b, `document.fonts.ready.then(() => new Promise(requestAnimationFrame))`)
					for _, found := range eval[[]string](b, broken) {
						t.Errorf("%s %s %s, %d px: %s", pack.Pack, look, font, width, found)
					}
				}
			}
		}
		b.Width(Phone)
		b.Picture("name-" + pack.Pack)
	}
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
