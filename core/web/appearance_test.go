package web_test

import (
	"strings"
	"testing"
)

const looksPath = "/compte/affichage"

// TestAppearanceFollowsThePerson: what is chosen on one device is there on
// another, not in front of somebody else, and cached pages follow at once.
func TestAppearanceFollowsThePerson(t *testing.T) {
	s := start(t)
	phone, desk, other := s.as("ana"), s.as("ana"), s.as("bilal")
	for _, v := range []*visitor{phone, desk, other} {
		if page := v.get("/").text; !strings.Contains(page, `data-mode="auto"`) || strings.Contains(page, "data-size") {
			t.Fatal("a look before anything was chosen")
		}
	}
	res := phone.post(looksPath, "apparence", "sombre", "taille", "grand", "police", "dys")
	if res.StatusCode != 303 || res.path() != looksPath {
		t.Fatalf("choosing: %d %s", res.StatusCode, res.path())
	}
	for name, v := range map[string]*visitor{"phone": phone, "desk": desk} {
		for _, path := range []string{"/", looksPath, "/statut"} {
			page := v.get(path).text
			for _, mark := range []string{`data-mode="sombre"`, `data-size="grand"`, `data-font="dys"`} {
				if !strings.Contains(page, mark) {
					t.Errorf("%s: %s has no %s", name, path, mark)
				}
			}
		}
	}
	if page := other.get("/").text; strings.Contains(page, "data-size") {
		t.Error("somebody else's page grew")
	}

	desk.post("/compte/apparence", "apparence", "clair", "retour", "/statut")
	if page := phone.get("/").text; !strings.Contains(page, `data-mode="clair"`) || !strings.Contains(page, `data-size="grand"`) {
		t.Error("light from the menu did not reach the other device, or took the size away")
	}
	desk.post(looksPath)
	if page := phone.get("/").text; !strings.Contains(page, `data-mode="auto"`) || strings.Contains(page, "data-font") {
		t.Error("back to the original: something stayed")
	}
}

// TestAppearanceBeforeSignIn: a cookie keeps the choice for the sign-in page,
// and an account's own choice goes before it.
func TestAppearanceBeforeSignIn(t *testing.T) {
	s := start(t)
	v := s.nobody()
	if res := v.get(looksPath); res.StatusCode != 200 || !strings.Contains(res.text, `name="taille"`) {
		t.Fatalf("the page before sign-in: %d", res.StatusCode)
	}
	v.post(looksPath, "taille", "tresgrand", "contraste", "fort")
	if page := v.get("/connexion").text; !strings.Contains(page, `data-size="tresgrand"`) || !strings.Contains(page, `data-contrast="fort"`) {
		t.Error("the sign-in page is as before")
	}
	v.post("/connexion", "identifiant", "ana", "mot-de-passe", secret)
	if page := v.get("/").text; !strings.Contains(page, `data-size="tresgrand"`) {
		t.Error("signing in took the choice of this browser away")
	}
	s.as("ana").post(looksPath, "taille", "grand")
	if page := v.get("/").text; !strings.Contains(page, `data-size="grand"`) {
		t.Error("the account's choice does not go before the browser's")
	}
}

// TestAppearanceRefuses what is no choice, and what comes from elsewhere.
func TestAppearanceRefuses(t *testing.T) {
	s := start(t)
	v := s.as("ana")
	if res := v.post(looksPath, "taille", "immense"); res.StatusCode != 422 && res.StatusCode != 400 {
		t.Errorf("a size that is none: %d", res.StatusCode)
	}
	form := "Content-Type"
	res := v.do("POST", looksPath, strings.NewReader("taille=grand"), form, "application/x-www-form-urlencoded", "Origin", "https://ailleurs.example")
	if res.StatusCode != 403 {
		t.Errorf("a form of another site: %d", res.StatusCode)
	}
	if page := v.get("/").text; strings.Contains(page, "data-size") {
		t.Error("a refused choice was kept")
	}
}

// TestStylesheetIsAskedForAtOnce: the answer's head already names the stylesheet
// that the page wears, so that a slow line need not wait for the page; what is
// no page names none.
func TestStylesheetIsAskedForAtOnce(t *testing.T) {
	s := start(t)
	for who, v := range map[string]*visitor{"nobody": s.nobody(), "ana": s.as("ana")} {
		res := v.get(looksPath)
		sheet, _, _ := strings.Cut(strings.TrimPrefix(res.Header.Get("Link"), "<"), ">; rel=preload; as=style")
		if sheet == "" || !strings.Contains(res.text, `<link rel="stylesheet" href="`+sheet+`"`) {
			t.Errorf("%s: Link is %q, which the page does not wear", who, res.Header.Get("Link"))
		}
	}
	if link := s.nobody().get("/healthz").Header.Get("Link"); link != "" {
		t.Errorf("a probe was told of %q", link)
	}
}
