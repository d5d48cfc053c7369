package web_test

import (
	"strings"
	"testing"
)

func TestDenyByDefault(t *testing.T) {
	s := start(t, "banc")
	nobody, pupil, elsewhere := s.nobody(), s.as("ana"), s.as("tom")
	t.Run("nobody", func(t *testing.T) {
		for _, path := range []string{"/", "/compte", "/compte/mot-de-passe", "/notifications", "/accueil/widget/core.news", "/m/banc/", "/m/banc/reserve", "/m/unknown/"} {
			if res := nobody.get(path); res.StatusCode != 303 || !strings.HasPrefix(res.path(), "/connexion") {
				t.Errorf("GET %s: %d to %q", path, res.StatusCode, res.path())
			}
			if res := nobody.get(path, "Accept", "application/json"); res.StatusCode != 401 {
				t.Errorf("GET %s as a program: %d", path, res.StatusCode)
			}
		}
		for _, path := range []string{"/accueil/disposition", "/accueil/mode", "/compte/langue", "/compte/sessions", "/compte/etablissement", "/compte/enfant", "/notifications", "/m/banc/note"} {
			if res := nobody.post(path); res.StatusCode != 303 || !strings.HasPrefix(res.path(), "/connexion") {
				t.Errorf("POST %s: %d to %q", path, res.StatusCode, res.path())
			}
		}
	})
	t.Run("nobody, the whole table", func(t *testing.T) {
		for _, a := range s.Web.Addresses() {
			if a.Open {
				continue
			}
			method, path := strings.ReplaceAll(a.Method, "*", "GET"), strings.NewReplacer(":", "", "*", "x").Replace(a.Path)
			if res := nobody.do(method, path, nil, "Accept", "application/json", "Origin", s.base); res.StatusCode != 401 {
				t.Errorf("%s %s: %d", method, path, res.StatusCode)
			}
		}
	})
	t.Run("a pupil in the console", func(t *testing.T) {
		walked := 0
		for _, a := range s.Web.Addresses() {
			if !strings.HasPrefix(a.Path, "/administration") {
				continue
			}
			walked++
			if res := pupil.do(a.Method, strings.ReplaceAll(a.Path, ":", ""), nil, "Origin", s.base); res.StatusCode != 403 {
				t.Errorf("%s %s: %d", a.Method, a.Path, res.StatusCode)
			}
		}
		if walked == 0 {
			t.Error("there is no console")
		}
	})
	t.Run("another profile", func(t *testing.T) {
		if res := pupil.get("/m/banc/reserve"); res.StatusCode != 403 {
			t.Errorf("a teacher's page: %d", res.StatusCode)
		}
		if res := pupil.post("/m/banc/reserve"); res.StatusCode != 403 {
			t.Errorf("a teacher's action: %d", res.StatusCode)
		}
		if res := s.as("lea").get("/m/banc/reserve"); res.StatusCode != 200 {
			t.Errorf("the teacher: %d", res.StatusCode)
		}
	})
	t.Run("another school", func(t *testing.T) {
		for _, path := range []string{"/m/banc/", "/m/banc/reserve", "/m/bonjour/"} {
			if res := elsewhere.get(path); res.StatusCode != 404 {
				t.Errorf("%s: %d", path, res.StatusCode)
			}
		}
		if res := elsewhere.post("/compte/etablissement", "etablissement", string(college)); res.StatusCode != 403 {
			t.Errorf("switching to a school that is not theirs: %d", res.StatusCode)
		}
	})
	t.Run("a module that is off", func(t *testing.T) {
		if res := pupil.get("/m/bonjour/"); res.StatusCode != 404 {
			t.Errorf("disabled: %d", res.StatusCode)
		}
	})
	t.Run("undeclared", func(t *testing.T) {
		for _, method := range []string{"PUT", "DELETE", "PATCH", "POST"} {
			if res := pupil.do(method, "/m/banc/", nil, "Origin", s.base); res.StatusCode != 404 {
				t.Errorf("%s: %d", method, res.StatusCode)
			}
		}
		if res := pupil.get("/nowhere"); res.StatusCode != 404 || !strings.Contains(res.text, "n’existe pas") {
			t.Errorf("no page: %d", res.StatusCode)
		}
	})
}

func TestEveryAnswerIsFenced(t *testing.T) {
	s := start(t)
	for _, path := range []string{"/", "/connexion", "/nowhere", "/healthz", "/readyz", "/metrics", "/statut", "/accessibilite", "/lien/x", "/assets/x"} {
		h := s.nobody().get(path).Header
		for _, k := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Request-Id"} {
			if h.Get(k) == "" {
				t.Errorf("%s lacks %s", path, k)
			}
		}
		if csp := h.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") {
			t.Errorf("%s: %s", path, csp)
		}
	}
}

func TestParentChoosesAChild(t *testing.T) {
	s := start(t)
	v := s.as("paul")
	page := v.get("/compte").text
	if !strings.Contains(page, "bilal") || !strings.Contains(page, "ana") {
		t.Fatal("the page does not offer the children")
	}
	child := between(page, `value="`, `"`, "bilal")
	if res := v.post("/compte/enfant", "enfant", child, "retour", "/compte"); res.StatusCode != 303 || res.path() != "/compte" {
		t.Errorf("choice: %d to %q", res.StatusCode, res.path())
	}
	if res := s.as("ana").post("/compte/enfant", "enfant", child); res.StatusCode != 403 {
		t.Errorf("a pupil chooses another: %d", res.StatusCode)
	}
}

// between returns what stands between two marks last before a word.
func between(text, from, to, before string) string {
	text = text[:strings.Index(text, before)]
	_, text, _ = strings.Cut(text[strings.LastIndex(text, from):], from)
	text, _, _ = strings.Cut(text, to)
	return text
}
