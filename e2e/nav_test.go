package e2e

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// inBoth returns an account whose person belongs to both schools.
func inBoth(t *testing.T) Account {
	t.Helper()
	seen := map[string]Account{}
	for _, a := range school.Accounts {
		if first, ok := seen[a.Login]; ok && first.School != a.School {
			return a
		}
		seen[a.Login] = a
	}
	t.Fatal("the demonstration has nobody in both schools")
	return Account{}
}

// choice is a school of the switcher.
var choice = regexp.MustCompile(`name="etablissement" value="([0-9A-Z]+)"`)

// TestSharedAddressThroughSignInAndSchools: an address that somebody shared
// leads through sign-in, and from the other school, to the page it names.
func TestSharedAddressThroughSignInAndSchools(t *testing.T) {
	person := inBoth(t)
	html, _, err := signedIn(t, school, person).get("/")
	if err != nil {
		t.Fatal(err)
	}
	var schools []string
	for _, m := range choice.FindAllStringSubmatch(html, -1) {
		schools = append(schools, m[1])
	}
	if len(schools) != 2 {
		t.Fatalf("schools of %s: %v", person.Login, schools)
	}

	b := open(t, Phone)
	b.Go("/e/" + schools[0] + "/m/agenda/?vue=semaine")
	if p := b.Path(); !strings.HasPrefix(p, "/connexion?retour=") {
		t.Fatalf("nobody is led to %s", p)
	}
	b.do(chromedp.SendKeys(`[name="identifiant"]`, person.Login), chromedp.SendKeys(`[name="mot-de-passe"]`, person.Password))
	b.Submit(`form[action^="/connexion"]`)
	b.at(t, "/m/agenda/", "vue=semaine")
	first := b.current()

	b.Go("/e/" + schools[1] + "/m/agenda/?vue=semaine")
	b.at(t, "/m/agenda/", "vue=semaine")
	if second := b.current(); second == first || !strings.Contains(b.Text(), second) {
		t.Errorf("from %q the address of the other school leads to %q, untold", first, second)
	}
	b.Sound()
	b.Picture("shared-address")

	stranger := signedIn(t, school, school.Account(t, "eleve", ""))
	refused := 0
	for _, uai := range schools {
		_, status, err := stranger.get("/e/" + uai + "/m/agenda/")
		if err != nil {
			t.Fatal(err)
		}
		if status == http.StatusForbidden {
			refused++
		} else if status != http.StatusSeeOther {
			t.Errorf("%s: %d", uai, status)
		}
	}
	if refused != 1 {
		t.Errorf("a pupil of one school was refused by %d of 2", refused)
	}
}

// at checks where the browser has come to.
func (b *Browser) at(t *testing.T, path, query string) {
	t.Helper()
	u, err := url.Parse(b.Address())
	if err != nil || u.Path != path || u.RawQuery != query {
		b.fail("at %s, want %s?%s", b.Address(), path, query)
	}
}

// current is the school the header names.
func (b *Browser) current() string {
	return strings.TrimSpace(eval[string](b, `document.querySelector('.brand span:last-child').textContent`))
}

// curl asks as a program does that has a token and nothing else.
func curl(t *testing.T, secret, method, path string) (status int, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, school.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+secret)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

// makeToken passes the form of the account, and reads the secret off the page.
func makeToken(t *testing.T, c *client, name string, scopes ...string) string {
	t.Helper()
	form := url.Values{"nom": {name}, "duree": {"7"}, "droits": scopes}
	req, err := http.NewRequest(http.MethodPost, c.origin+"/compte/jetons", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", c.origin)
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	secret := regexp.MustCompile(`preau_[A-Za-z0-9_-]{43}`).FindString(string(page))
	if err != nil || res.StatusCode != http.StatusCreated || secret == "" {
		t.Fatalf("token: %d %v\n%s", res.StatusCode, err, clip(string(page), 800))
	}
	return secret
}

// TestTokenOfAProgram: a teacher makes a token; a program reads within its scope
// and nowhere else, sees nothing of the other school, and ends with the token.
func TestTokenOfAProgram(t *testing.T) {
	teacher := signedIn(t, school, school.Account(t, "enseignant", "Collège"))
	secret := makeToken(t, teacher, "Tableau", "moi:read", "devoirs:read")
	status, body := curl(t, secret, "GET", "/api/v1/moi")
	var me struct {
		Name   string
		School struct{ ID, Name string }
		Scopes []string
	}
	if err := json.Unmarshal([]byte(body), &me); err != nil || status != 200 || !strings.Contains(me.School.Name, "Collège") || len(me.Scopes) != 2 {
		t.Fatalf("%d %v %s", status, err, body)
	}
	for path, want := range map[string]int{"/api/v1/m/devoirs/": 200, "/api/v1/accueil": 200, "/api/v1/m/agenda/": 403, "/api/v1/personnes": 403} {
		if got, body := curl(t, secret, "GET", path); got != want || want == 200 && !json.Valid([]byte(body)) {
			t.Errorf("%s: %d, want %d: %s", path, got, want, clip(body, 300))
		}
	}
	if got, _ := curl(t, secret, "POST", "/api/v1/m/devoirs/nouveau"); got != 403 {
		t.Errorf("writing with a token to read: %d", got)
	}
	other := makeToken(t, signedIn(t, school, school.Account(t, "direction", "Lycée")), "Lycée", "moi:read", "annuaire:read")
	_, people := curl(t, other, "GET", "/api/v1/personnes?q="+url.QueryEscape(strings.Fields(me.Name)[0]))
	if status, body := curl(t, other, "GET", "/api/v1/moi"); status != 200 || strings.Contains(body, me.School.ID) || strings.Contains(people, me.Name) {
		t.Errorf("the other school's token sees this one: %s %s", body, people)
	}
	page, _, err := teacher.get("/compte/jetons")
	id := regexp.MustCompile(`name="jeton" value="([0-9a-f]+)"`).FindStringSubmatch(page)
	if err != nil || id == nil || strings.Contains(page, secret) {
		t.Fatalf("the list of tokens: %v", err)
	}
	if status, err := teacher.post("/compte/jetons/retirer", url.Values{"jeton": {id[1]}}); err != nil || status != http.StatusSeeOther {
		t.Fatalf("revoking: %d %v", status, err)
	}
	if got, _ := curl(t, secret, "GET", "/api/v1/moi"); got != 401 {
		t.Errorf("revoked: %d", got)
	}
}

// TestAccountByThumb looks at the pages of one's own account on a phone.
func TestAccountByThumb(t *testing.T) {
	b := open(t, Phone)
	b.SignIn(school.Account(t, "enseignant", "Collège"))
	for _, page := range []string{"/compte", "/compte/langue", "/compte/appareils", "/compte/jetons", "/api/v1", "/accessibilite"} {
		b.Go(page)
		if wide := eval[float64](b, `document.documentElement.scrollWidth`); wide > Phone {
			t.Errorf("%s is %v wide", page, wide)
		}
		if n := eval[int](b, `document.querySelectorAll('.crumbs [aria-current="page"]').length`); n != 1 {
			t.Errorf("%s: the breadcrumbs name %d pages", page, n)
		}
		b.Sound()
		b.Picture("account-" + strings.ReplaceAll(strings.Trim(page, "/"), "/", "-"))
	}
	b.Go("/compte")
	b.do(chromedp.Click(`.bar a[href="#menu"]`, chromedp.NodeVisible))
	b.await(`getComputedStyle(document.getElementById('menu')).display !== 'none'`)
	small := eval[int](b, `[...document.querySelectorAll('#menu a')].filter(a => a.offsetParent && a.getBoundingClientRect().height < 44).length`)
	if small > 0 {
		t.Errorf("%d entries of the menu are too small for a thumb", small)
	}
	b.Picture("menu")
}
