package notify

import (
	"io"
	"mime"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/core/mail/mailtest"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// TestALetterSaysWhoAndWhereOnce: what the mail server got, read as the mother of two
// children in two schools reads it: every letter names the child and the school, in
// what she sees in her list and again in what she opens, each once there; none has a
// heading above nothing; all say the next step and how to have fewer.
func TestALetterSaysWhoAndWhereOnce(t *testing.T) {
	lea, tom := []*wire.About{{Person: "lea", Name: "Léa"}}, []*wire.About{{Person: "tom", Name: "Tom"}}
	here := notice{kind: "nouveau", words: "Réunion jeudi", people: []string{"claire"}, about: lea}
	there := notice{school: ecole, kind: "nouveau", words: "Piscine vendredi", people: []string{"claire"}, about: tom, path: "/y"}
	other := notice{kind: "nouveau", words: "Cantine fermée", people: []string{"claire"}, path: "/z"}
	weekly, mails := UsualChoice(), UsualChoice()
	weekly.Preset, weekly.Weekly, weekly.Weekday, weekly.Hour = Together, true, time.Friday, 19*60
	mails.Preset, mails.Ways = Own, map[string][]manifest.Way{"devoirs.nouveau": {manifest.ByMail}}
	daily := weekly
	daily.Weekly = false
	for name, c := range map[string]struct {
		choice  Choice
		sent    []notice
		until   time.Time
		subject map[string]string
		names   string // said once, of those that could be
	}{
		"single": {mails, []notice{here}, at(2, 10, 5), map[string]string{
			"fr": "Léa (Collège Jules-Ferry) : Réunion jeudi", "en": "Léa (Collège Jules-Ferry): Réunion jeudi"}, "Léa Collège Jules-Ferry"},
		"several": {mails, []notice{here, other}, at(2, 10, 5), map[string]string{
			"fr": "Collège Jules-Ferry : 2 nouvelles informations", "en": "Collège Jules-Ferry: 2 new items"}, "Léa Collège Jules-Ferry"},
		"day, one school": {daily, []notice{here, other}, at(2, 19, 0), map[string]string{
			"fr": "Votre résumé, mardi 15 septembre : Collège Jules-Ferry", "en": "Your summary, Tuesday 15 September: Collège Jules-Ferry"}, "Léa Collège Jules-Ferry"},
		"day, one school, one thing": {daily, []notice{there}, at(2, 19, 0), map[string]string{
			"fr": "Votre résumé, mardi 15 septembre : École Pergaud", "en": "Your summary, Tuesday 15 September: École Pergaud"}, "Tom École Pergaud"},
		"week, two schools": {weekly, []notice{here, there}, at(5, 19, 0), map[string]string{
			"fr": "Votre résumé, vendredi 18 septembre : Collège Jules-Ferry et École Pergaud", "en": "Your summary, Friday 18 September: Collège Jules-Ferry and École Pergaud"},
			"Léa Tom Collège Jules-Ferry École Pergaud"},
	} {
		for lang, step := range map[string][3]string{
			"fr": {"Lire dans l’espace numérique", "Modifier mes choix", "Ne plus recevoir ces messages par courriel"},
			"en": {"Read it online", "Change my choices", "No longer receive these messages by e-mail"},
		} {
			t.Run(name+" "+lang, func(t *testing.T) {
				w, box := newWorld(t, at(2, 10, 0)), mailtest.New(t)
				out, err := mail.New(mail.Config{Server: box.Address(), From: "ent@example.fr", Now: w.time})
				if err != nil {
					t.Fatal(err)
				}
				w.tools.Mail, w.lang = out, lang
				if err := w.SetChoice(t.Context(), "claire", c.choice); err != nil {
					t.Fatal(err)
				}
				for _, n := range c.sent {
					w.send(n)
				}
				w.move(c.until)
				if n := len(box.Came()); n != 1 {
					t.Fatalf("%d letters", n)
				}
				_, m := box.Last(t)
				if got, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil || plain(got) != c.subject[lang] {
					t.Errorf("subject %q %v", got, err)
				}
				if m.Header.Get("List-Unsubscribe") == "" {
					t.Error("no way to end it by one click")
				}
				for kind, text := range read(t, m) {
					for _, word := range []string{"Léa", "Tom", "Collège Jules-Ferry", "École Pergaud"} {
						want := 0
						if strings.Contains(c.names, word) {
							want = 1
						}
						if got := strings.Count(strings.ToUpper(text), strings.ToUpper(word)); got != want {
							t.Errorf("%s says %q %d times, not %d:\n%s", kind, word, got, want, text)
						}
					}
					for _, n := range c.sent {
						if strings.Count(text, n.words) != 1 {
							t.Errorf("%s does not say %q once:\n%s", kind, n.words, text)
						}
					}
					for _, way := range step {
						if strings.Count(text, way) != 1 {
							t.Errorf("%s does not offer %q once:\n%s", kind, way, text)
						}
					}
				}
			})
		}
	}
}

// read returns what a reader sees of each part, once opened.
func read(t *testing.T, m *netmail.Message) map[string]string {
	t.Helper()
	parts := mailtest.Parts(t, m)
	seen, empty := "", 0
	z := html.NewTokenizer(strings.NewReader(parts["text/html"][strings.Index(parts["text/html"], "<body"):]))
	for before := ""; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			if z.Err() != io.EOF {
				t.Fatal(z.Err())
			}
			break
		}
		tok := z.Token()
		switch {
		case kind == html.TextToken:
			seen += tok.Data
		case kind == html.StartTagToken && tok.Data == "h2" && before == "h2", kind == html.EndTagToken && tok.Data == "ul" && before == "ul":
			empty++
		}
		if kind == html.StartTagToken {
			before = tok.Data
		}
	}
	if empty > 0 {
		t.Errorf("%d groups hold nothing:\n%s", empty, parts["text/html"])
	}
	return map[string]string{"the picture": plain(seen), "the text": plain(parts["text/plain"])}
}

// plain has ordinary spaces.
func plain(s string) string { return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s) }
