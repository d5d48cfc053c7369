package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// one pixel of PNG: what a phone's camera hands in, smaller
const photo = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"

// TestHomeworkFromTeacherToFamily is the whole life of a homework, in four
// people's browsers, the family's on a phone.
func TestHomeworkFromTeacherToFamily(t *testing.T) {
	for _, c := range []struct {
		name, title string
		scripts     bool
	}{
		{"with JavaScript", "Exposé sur la rivière", true},
		{"without JavaScript", "Carte de la rivière", false},
	} {
		t.Run(c.name, func(t *testing.T) { homework(t, c.title, c.scripts) })
	}
}

func homework(t *testing.T, title string, scripts bool) {
	dir := t.TempDir()
	subject := write(t, filepath.Join(dir, "sujet.txt"), "Décrivez une rivière de votre région.\n")
	picture := write(t, filepath.Join(dir, "ma-copie.png"), photo)
	someone := func(width int64, profile string) *Browser {
		b := open(t, width)
		if !scripts {
			b.WithoutJavaScript()
		}
		b.SignIn(school.Account(t, profile, "Collège"))
		return b
	}
	due := time.Now().AddDate(0, 0, 2)

	teacher := someone(Desktop, "enseignant")
	teacher.Go("/m/devoirs/nouveau")
	teacher.Fill("titre", title)
	teacher.Fill("matiere", "Géographie")
	teacher.Check("pour", "6e A")
	teacher.Fill("echeance", due.Format(time.DateOnly)+"T18:00")
	teacher.Fill("consigne", "Une page, avec **une carte**.")
	teacher.Attach("fichiers", subject)
	teacher.Submit(`form[action="/m/devoirs/nouveau"]`)
	teacher.Sees(title, "sujet.txt")
	teacher.Sound()
	sheet := teacher.Path()

	pupil := someone(Phone, "eleve")
	pupil.Sees(title)
	pupil.Picture("journey-pupil-home")
	pupil.Go("/m/agenda/?vue=liste&date=" + due.Format(time.DateOnly))
	pupil.Sees(title)
	pupil.Go(sheet)
	pupil.Sees("une carte", "sujet.txt")
	pupil.Fill("texte", "Voici ma carte, dessinée au bord de l'eau.")
	pupil.Attach("fichiers", picture)
	pupil.Submit(`form[action$="/rendre"]`)
	pupil.Sees("ma-copie.png")
	pupil.Sound()
	pupil.Picture("journey-pupil-handed-in")

	name := school.Account(t, "eleve", "Collège").Name
	teacher.Go(sheet)
	teacher.ClickText(last(name))
	teacher.Sees("ma-copie.png", "au bord de l'eau")
	teacher.Fill("appreciation", "Belle carte, soignez la légende.")
	teacher.Fill("note", "16")
	teacher.ClickText("Publier la correction")
	teacher.Sound()
	teacher.Picture("journey-teacher-desk")

	parent := someone(Phone, "parent")
	parent.Go(sheet)
	parent.Sees(first(name), "Belle carte", "16")
	parent.Sound()
	parent.Picture("journey-parent")
	parent.Go("/m/devoirs/?liste=passe")
	parent.Sound()

	head := someone(Desktop, "direction")
	if code := head.Status(sheet + "/copies.zip"); code != 403 {
		t.Errorf("the head's address of the hand-ins answered %d, not 403", code)
	}
	stranger := open(t, Phone)
	stranger.SignIn(school.Account(t, "eleve", "Lycée"))
	if code := stranger.Status(sheet); code != 404 {
		t.Errorf("a pupil of the other school was answered %d, not 404", code)
	}
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func first(name string) string { return strings.Fields(name)[0] }
func last(name string) string  { f := strings.Fields(name); return f[len(f)-1] }
