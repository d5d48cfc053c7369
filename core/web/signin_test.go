package web_test

import (
	"strings"
	"testing"
)

func TestSignInAndOut(t *testing.T) {
	s := start(t)
	v := s.nobody()
	if res := v.get("/"); res.StatusCode != 303 || res.path() != "/connexion" {
		t.Errorf("home of nobody: %d to %q", res.StatusCode, res.path())
	}
	if res := v.get("/connexion"); res.StatusCode != 200 || !strings.Contains(res.text, `name="mot-de-passe"`) {
		t.Errorf("sign-in page: %d", res.StatusCode)
	}
	if res := v.post("/connexion", "identifiant", "ana", "mot-de-passe", "wrong"); res.StatusCode != 422 || len(v.cookies) != 0 {
		t.Errorf("wrong password: %d, cookies %v", res.StatusCode, v.cookies)
	}
	res := v.post("/connexion", "identifiant", "ana", "mot-de-passe", secret)
	if res.StatusCode != 303 || res.path() != "/" {
		t.Fatalf("sign-in: %d to %q", res.StatusCode, res.path())
	}
	c := v.cookies["preau"]
	if c == nil || !c.HttpOnly || c.Secure || c.Path != "/" || !strings.Contains(res.Header.Get("Set-Cookie"), "SameSite=Lax") {
		t.Errorf("cookie = %v", res.Header.Get("Set-Cookie"))
	}
	if res := v.get("/"); res.StatusCode != 200 || !strings.Contains(res.text, `data-widget="core.news"`) {
		t.Errorf("home: %d %s", res.StatusCode, res.text)
	}
	old := *c
	if res := v.post("/deconnexion"); res.StatusCode != 303 {
		t.Errorf("sign-out: %d", res.StatusCode)
	}
	v.cookies["preau"] = &old
	if res := v.get("/"); res.StatusCode != 303 {
		t.Errorf("the old token still opens home: %d", res.StatusCode)
	}
}

func TestSignInLeadsBackOnlyInside(t *testing.T) {
	s := start(t)
	for back, want := range map[string]string{
		"/compte":                "/compte",
		"/m/devoirs/x?onglet=1":  "/m/devoirs/x?onglet=1",
		"https://evil.test/":     "/",
		"//evil.test/":           "/",
		"/\\evil.test":           "/",
		"/compte/../../x":        "/",
		"javascript:alert(1)":    "/",
		"/x\r\nSet-Cookie: a=b":  "/",
		"/%2f%2fevil.test/..%2f": "/",
	} {
		res := s.nobody().post("/connexion", "identifiant", "ana", "mot-de-passe", secret, "retour", back)
		if res.StatusCode != 303 || res.path() != want {
			t.Errorf("retour=%q: %d to %q, want %q", back, res.StatusCode, res.path(), want)
		}
	}
}

func TestFirstPasswordMustBeReplaced(t *testing.T) {
	s := start(t)
	v := s.as("neuf")
	for _, path := range []string{"/", "/compte", "/notifications"} {
		if res := v.get(path); res.StatusCode != 303 || res.path() != "/compte/mot-de-passe" {
			t.Errorf("%s: %d to %q", path, res.StatusCode, res.path())
		}
	}
	if res := v.get("/compte/mot-de-passe"); res.StatusCode != 200 || !strings.Contains(res.text, `name="nouveau"`) {
		t.Fatalf("password page: %d", res.StatusCode)
	}
	const next = "trois grands chevaux verts"
	if res := v.post("/compte/mot-de-passe", "ancien", secret, "nouveau", next, "encore", "other"); res.StatusCode != 422 {
		t.Errorf("two different passwords: %d", res.StatusCode)
	}
	if res := v.post("/compte/mot-de-passe", "ancien", secret, "nouveau", next, "encore", next); res.StatusCode != 303 || res.path() != "/" {
		t.Fatalf("change: %d %s", res.StatusCode, res.text)
	}
	if res := v.get("/"); res.StatusCode != 200 {
		t.Errorf("home after the change: %d", res.StatusCode)
	}
}

func TestAnotherSiteChangesNothing(t *testing.T) {
	s := start(t)
	v := s.as("ana")
	form := func(headers ...string) int {
		return v.do("POST", "/accueil/mode", strings.NewReader("mode=expert"), append(headers, "Content-Type", "application/x-www-form-urlencoded")...).StatusCode
	}
	for _, c := range []struct {
		name    string
		headers []string
		want    int
	}{
		{"says nothing", nil, 403},
		{"another origin", []string{"Origin", "https://evil.test"}, 403},
		{"null origin", []string{"Origin", "null"}, 403},
		{"another port", []string{"Origin", "http://127.0.0.1:1"}, 403},
		{"cross-site", []string{"Origin", s.base, "Sec-Fetch-Site", "cross-site"}, 403},
		{"same-site", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"own origin", []string{"Origin", s.base}, 303},
		{"same-origin", []string{"Sec-Fetch-Site", "same-origin"}, 303},
	} {
		if got := form(c.headers...); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
