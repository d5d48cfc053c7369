package web_test

import (
	"io"
	mime "mime/multipart"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// TestTheOnlySchoolIsAtHomeBeforeSignIn: where there is one school, who is not
// signed in sees its pack, colour, logo and name on every page, errors included;
// where there are two nobody's.
func TestTheOnlySchoolIsAtHomeBeforeSignIn(t *testing.T) {
	const name = "Collège Jean Moulin"
	s := startFilled(t, core.Config{}, func(s *site) {
		if _, err := s.Identity.AddSchool(t.Context(), audit.By{}, identity.School{ID: college, Name: name}); err != nil {
			t.Fatal(err)
		}
		s.save(college, identity.Entry{Source: "yann", FirstName: "yann", LastName: "Martin", Profile: ids.Direction, Login: "yann", Password: secret, Keep: true})
	})
	head, nobody := s.as("yann"), s.nobody()
	plain := stylesheet(nobody.get("/connexion").text)
	if res := head.multipart("/administration/apparence", "theme", "lycee", "@logo", emblem); res.StatusCode != 303 {
		t.Fatalf("the look is not kept: %d", res.StatusCode)
	}
	logo := inside(head.get("/compte").text, `<img src="`, `"`)
	if !strings.HasPrefix(logo, "/etablissement/logo/") || nobody.get(logo).text != emblem {
		t.Errorf("logo %q is not for everyone", logo)
	}
	worn := stylesheet(head.get("/compte").text)
	for _, path := range []string{"/connexion", "/accessibilite", "/statut", "/nulle-part"} {
		page := nobody.get(path).text
		if got := stylesheet(page); got != worn || got == plain {
			t.Errorf("%s wears %s, the school %s", path, got, worn)
		}
		if !strings.Contains(page, logo) || !strings.Contains(page, "<span>"+name+"</span>") {
			t.Errorf("%s has neither logo nor name", path)
		}
	}
	if _, err := s.Identity.AddSchool(t.Context(), audit.By{}, identity.School{ID: lycee, Name: "Lycée Voltaire"}); err != nil {
		t.Fatal(err)
	}
	page := nobody.get("/connexion").text
	if stylesheet(page) != plain || strings.Contains(page, name) || strings.Contains(page, "Préau · Préau") || strings.Contains(page, logo) {
		t.Error("of two schools one is at home before sign-in")
	}
	if res := nobody.get(logo); res.StatusCode != 404 {
		t.Errorf("its logo: %d", res.StatusCode)
	}
}

func stylesheet(page string) string { return inside(page, `<link rel="stylesheet" href="`, `"`) }

// inside is what stands in a text after one mark and before the next.
func inside(text, from, to string) string {
	_, text, _ = strings.Cut(text, from)
	text, _, _ = strings.Cut(text, to)
	return text
}

// emblem is a picture of one point.
const emblem = "\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\x0d\x49\x44\x41\x54\x78\x9c\x63\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99\x3d\x1d\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82"

// multipart posts a form with files: names that begin with @.
func (v *visitor) multipart(path string, pairs ...string) response {
	v.t.Helper()
	var body strings.Builder
	form := mime.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		make := form.CreateFormField
		name, file := strings.CutPrefix(pairs[i], "@")
		if file {
			make = func(name string) (io.Writer, error) { return form.CreateFormFile(name, "x.png") }
		}
		w, err := make(name)
		if err != nil {
			v.t.Fatal(err)
		}
		if _, err := w.Write([]byte(pairs[i+1])); err != nil {
			v.t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		v.t.Fatal(err)
	}
	return v.do("POST", path, strings.NewReader(body.String()), "Content-Type", form.FormDataContentType(), "Origin", v.base)
}
