package web_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/web/assets"
)

// keyed posts a form with the key of something that is to be done once.
func (v *visitor) keyed(path, key string, pairs ...string) response {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return v.do("POST", path, strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded",
		"Origin", v.base, "Idempotency-Key", key)
}

// counted is how often the module was told by this person.
func (v *visitor) counted() string {
	v.t.Helper()
	page := v.get("/m/banc/").text
	_, after, _ := strings.Cut(page, `<main`)
	return after
}

func TestWhatIsSentTwiceIsDoneOnce(t *testing.T) {
	s := start(t, "banc")
	ana, bilal := s.as("ana"), s.as("bilal")
	before := ana.counted()
	first := ana.keyed("/m/banc/note", "k1")
	once := ana.counted()
	again := ana.keyed("/m/banc/note", "k1")
	if first.StatusCode != 303 || again.StatusCode != 303 || again.path() != first.path() || again.Header.Get("Idempotent-Replayed") == "" {
		t.Errorf("%d to %q, then %d to %q", first.StatusCode, first.path(), again.StatusCode, again.path())
	}
	if once == before || ana.counted() != once {
		t.Errorf("not done once:\n%s\n%s\n%s", before, once, ana.counted())
	}
	if res := ana.keyed("/m/banc/note", "k2"); res.StatusCode != 303 || ana.counted() == once {
		t.Errorf("another key: %d", res.StatusCode)
	}
	if res := bilal.keyed("/m/banc/note", "k1"); res.Header.Get("Idempotent-Replayed") != "" {
		t.Error("another person's key is not theirs")
	}
	if res := ana.keyed("/m/banc/annonce", "k1"); res.StatusCode != 422 && res.StatusCode != 400 {
		t.Errorf("the same key for something else: %d", res.StatusCode)
	}
	if res := ana.keyed("/m/banc/note", strings.Repeat("k", 200)); res.StatusCode < 400 {
		t.Errorf("a very long key: %d", res.StatusCode)
	}
}

// TestWhatFailedMayBeTriedAgain: a refusal is remembered by nobody.
func TestWhatFailedMayBeTriedAgain(t *testing.T) {
	s := start(t, "banc")
	ana := s.as("ana")
	for range 2 {
		if res := ana.keyed("/m/banc/petit", "k", "x", strings.Repeat("x", 2000)); res.StatusCode != 413 || res.Header.Get("Idempotent-Replayed") != "" {
			t.Errorf("%d %v", res.StatusCode, res.Header)
		}
	}
	for range 2 {
		if res := ana.keyed("/m/banc/reserve", "k3"); res.StatusCode != 403 {
			t.Errorf("a teacher's: %d", res.StatusCode)
		}
	}
	if res := s.nobody().keyed("/m/banc/note", "k4"); res.StatusCode != 303 || !strings.HasPrefix(res.path(), "/connexion") {
		t.Errorf("nobody: %d", res.StatusCode)
	}
}

func TestOnlyWhatMayBeKeptIs(t *testing.T) {
	s := start(t, "banc")
	ana := s.as("ana")
	for path, kept := range map[string]bool{"/": true, "/m/banc/": true, "/compte": false, "/notifications": false, "/m/banc/erreur": false, "/nowhere": false} {
		if got := strings.Contains(ana.get(path).text, "data-keep"); got != kept {
			t.Errorf("%s may be kept: %v", path, got)
		}
	}
	if got := s.nobody().get("/connexion").text; strings.Contains(got, "data-keep") || strings.Contains(got, "data-since") || strings.Contains(got, `id="live"`) {
		t.Error("the sign-in page is kept or listens")
	}
}

func TestASharedMachineKeepsNothing(t *testing.T) {
	s := start(t, "banc")
	v := s.nobody()
	res := v.post("/connexion", "identifiant", "ana", "mot-de-passe", secret, "partage", "1")
	if res.StatusCode != 303 || res.Header.Get("Clear-Site-Data") != `"storage"` {
		t.Fatalf("%d %v", res.StatusCode, res.Header)
	}
	for _, c := range res.Cookies() {
		if c.Name != "preau-dit" && (!c.Expires.IsZero() || c.MaxAge != 0) {
			t.Errorf("%s outlives the browser: %v", c.Name, c)
		}
	}
	if page := v.get("/").text; strings.Contains(page, "data-keep") || !strings.Contains(page, "data-shared") {
		t.Error("the page may be kept")
	}
	if out := v.post("/deconnexion"); out.Header.Get("Clear-Site-Data") != `"storage"` {
		t.Errorf("signing out forgets nothing: %v", out.Header)
	}
	if res := v.post("/connexion", "identifiant", "ana", "mot-de-passe", secret); res.Header.Get("Clear-Site-Data") != "" {
		t.Error("an own machine is made to forget at sign-in: what waits there to be sent would be lost")
	}
	if page := v.get("/").text; !strings.Contains(page, "data-keep") || strings.Contains(page, "data-shared") {
		t.Error("an own machine after a shared one")
	}
}

// TestTheWorkerAnswersForEveryPage: an asset, whose scope is the whole site; a
// page it kept may do no more than one that the server sends.
func TestTheWorkerAnswersForEveryPage(t *testing.T) {
	s := start(t)
	res := s.nobody().get(assets.Path("sw.js"))
	if res.StatusCode != 200 || res.Header.Get("Service-Worker-Allowed") != "/" || len(res.text) > 4<<10 {
		t.Errorf("%d %q, %d bytes", res.StatusCode, res.Header.Get("Service-Worker-Allowed"), len(res.text))
	}
	policy := s.nobody().get("/connexion").Header.Get("Content-Security-Policy")
	if script := s.nobody().get(assets.Path("app.js")).text; policy == "" || !strings.Contains(script, policy) {
		t.Errorf("kept pages bear another policy than %q", policy)
	}
	manifest := s.nobody().get(assets.Path("manifest.webmanifest"))
	if manifest.Header.Get("Content-Type") != "application/manifest+json" {
		t.Errorf("manifest: %s", manifest.Header.Get("Content-Type"))
	}
	for _, part := range strings.Split(manifest.text, `"`) {
		if strings.HasPrefix(part, "/assets/") {
			if icon := s.nobody().get(part); icon.StatusCode != 200 || !strings.HasPrefix(icon.Header.Get("Content-Type"), "image/") {
				t.Errorf("%s: %d %s", part, icon.StatusCode, icon.Header.Get("Content-Type"))
			}
		}
	}
}
