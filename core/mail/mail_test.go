package mail

import (
	"mime"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/mail/mailtest"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

func sender(t *testing.T, s *mailtest.Server) *Sender {
	t.Helper()
	out, err := New(Config{Server: s.Address(), From: "ent@example.fr", Now: func() time.Time { return time.Date(2026, 9, 15, 7, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func letter(t *testing.T) *Letter {
	t.Helper()
	words, err := locale.New(draw.Locales)
	if err != nil {
		t.Fatal(err)
	}
	return &Letter{ID: "batch1", To: "parent@example.org", Name: "Zoé Müller-N’Guyen", From: "Collège Jules-Ferry", Subject: "Léa (Collège Jules-Ferry) : réunion « 6e A »",
		Say:     words.Speaker("fr", time.UTC, time.Date(2026, 9, 15, 7, 0, 0, 0, time.UTC)),
		Address: func(path string) string { return "https://ent.example.fr" + path },
		Stop:    "https://ent.example.fr/desabonnement/abc.def",
		Page: ui.PageOf(ui.S("Réunion"), ui.SectionOf(ui.S("Collège Jules-Ferry"),
			ui.List(&ui.Item{Title: ui.S("Réunion <b>jeudi</b>"), Link: ui.To("/e/0750655E/notifications/1", ""), About: []*ui.About{ui.AboutChild("lea", "Léa")}}),
			ui.TextOf(ui.S("Fin & suite"))), ui.Table("", nil)),
	}
}

func decoded(t *testing.T, header string) string {
	t.Helper()
	s, err := new(mime.WordDecoder).DecodeHeader(header)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestWhatGoesOut: names and subject in UTF-8, both parts from the same tree, one
// click to end it, and nothing fetched from elsewhere.
func TestWhatGoesOut(t *testing.T) {
	s := mailtest.New(t)
	out := sender(t, s)
	if err := out.Send(t.Context(), letter(t)); err != nil {
		t.Fatal(err)
	}
	e, m := s.Last(t)
	if !strings.Contains(e.From, "<ent@example.fr>") || len(e.To) != 1 || !strings.Contains(e.To[0], "<parent@example.org>") {
		t.Errorf("envelope %+v", e)
	}
	for i := range len(e.Data) {
		if e.Data[i] >= 0x80 {
			t.Fatal("a byte above ASCII goes out")
		}
	}
	from, err := mail.ParseAddress(m.Header.Get("From"))
	if err != nil || from.Name != "Collège Jules-Ferry" || from.Address != "ent@example.fr" {
		t.Errorf("%v %v", from, err)
	}
	to, err := mail.ParseAddress(m.Header.Get("To"))
	if err != nil || to.Name != "Zoé Müller-N’Guyen" {
		t.Errorf("%v %v", to, err)
	}
	for name, want := range map[string]string{
		"Subject": "Léa (Collège Jules-Ferry) : réunion « 6e A »", "Message-Id": "<batch1@example.fr>", "Auto-Submitted": "auto-generated",
		"List-Unsubscribe": "<https://ent.example.fr/desabonnement/abc.def>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
	} {
		if got := decoded(t, m.Header.Get(name)); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	p := mailtest.Parts(t, m)
	want := "Réunion\n\nCOLLÈGE JULES-FERRY\n\n- Réunion <b>jeudi</b>\n  Léa\n  https://ent.example.fr/e/0750655E/notifications/1\n\nFin & suite\n"
	if strings.TrimRight(p["text/plain"], "\n")+"\n" != want {
		t.Errorf("plain:\n%s", p["text/plain"])
	}
	for _, part := range []string{">Réunion</h1>", "Réunion &lt;b&gt;jeudi&lt;/b&gt;", "Léa", `href="https://ent.example.fr/e/0750655E/notifications/1"`, "Fin &amp; suite", `lang="fr"`} {
		if !strings.Contains(p["text/html"], part) {
			t.Errorf("HTML lacks %s:\n%s", part, p["text/html"])
		}
	}
	root, err := html.Parse(strings.NewReader(p["text/html"]))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && slices.Contains([]string{"script", "img", "link", "iframe", "form", "object"}, n.Data) {
			t.Errorf("<%s> in a mail", n.Data)
		}
	}
	if st := out.State(); st.Sent != 1 || st.Failed != 0 || st.Error != "" || st.Last.IsZero() {
		t.Errorf("%+v", st)
	}
}

// TestNoLineIsInjected: whatever a name or a subject holds, the mail has the
// headers and the one reader it was meant to have.
func TestNoLineIsInjected(t *testing.T) {
	s := mailtest.New(t)
	out := sender(t, s)
	evil := "x\r\nBcc: thief@example.com\r\n\r\nBody\nX-Evil: 1\x00\u202e"
	for name, change := range map[string]func(*Letter){
		"subject": func(l *Letter) { l.Subject = evil }, "reader": func(l *Letter) { l.Name = evil + "\" <thief@example.com>, \"" }, "sender": func(l *Letter) { l.From = evil },
		"words": func(l *Letter) { l.Page = ui.PageOf(ui.S(evil), ui.TextOf(ui.S(evil+"\r\n.\r\nMAIL FROM:<x@y>"))) },
	} {
		l := letter(t)
		change(l)
		if err := out.Send(t.Context(), l); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		e, m := s.Last(t)
		if len(e.To) != 1 || m.Header.Get("Bcc") != "" || m.Header.Get("X-Evil") != "" || m.Header.Get("List-Unsubscribe-Post") == "" {
			t.Errorf("%s:\n%s", name, e.Data)
		}
		if all, err := m.Header.AddressList("To"); err != nil || len(all) != 1 || all[0].Address != "parent@example.org" {
			t.Errorf("%s: to %v %v", name, all, err)
		}
	}
	n := len(s.Came())
	for _, to := range []string{"", "x", "a@example.org\r\nBcc: thief@example.com", "A <a@example.org>", "a@example.org, b@example.org"} {
		l := letter(t)
		l.To = to
		if err := out.Send(t.Context(), l); errors.KindOf(err) != errors.Invalid {
			t.Errorf("to %q: %v", to, err)
		}
	}
	if len(s.Came()) != n {
		t.Error("something went to an address that is none")
	}
}

// TestRefused: what the server never takes is told from what it takes later.
func TestRefused(t *testing.T) {
	for _, x := range []struct {
		verb, answer string
		kind         errors.Kind
	}{
		{"RCPT", "550 no such person", errors.Invalid}, {"RCPT", "450 busy", errors.Unavailable},
		{"MAIL", "421 closing", errors.Unavailable}, {"DATA", "554 refused", errors.Invalid},
	} {
		s := mailtest.New(t)
		s.Refuse(x.verb, x.answer)
		out := sender(t, s)
		if err := out.Send(t.Context(), letter(t)); errors.KindOf(err) != x.kind {
			t.Errorf("%s %s: %v", x.verb, x.answer, err)
		}
		if st := out.State(); st.Failed != 1 || st.Error == "" {
			t.Errorf("%s: %+v", x.verb, st)
		}
	}
	s := mailtest.New(t)
	out := sender(t, s)
	s.Close()
	if err := out.Send(t.Context(), letter(t)); errors.KindOf(err) != errors.Unavailable {
		t.Errorf("nobody there: %v", err)
	}
}

// TestConfig: what is no server or no address is refused before anything goes.
func TestConfig(t *testing.T) {
	for _, bad := range []Config{
		{Server: "mail.example.fr", From: "a@b.fr"}, {Server: "http://mail.example.fr", From: "a@b.fr"}, {Server: "smtp://", From: "a@b.fr"},
		{Server: "smtp://mail.example.fr:x", From: "a@b.fr"}, {Server: "smtp://mail.example.fr", From: "nobody"}, {Server: "smtp://mail.example.fr"},
	} {
		if _, err := New(bad); errors.KindOf(err) != errors.Invalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	for server, want := range map[string]string{"smtp://mail.example.fr": "mail.example.fr:587", "smtps://u:p@mail.example.fr": "mail.example.fr:465", "smtp://localhost:25": "localhost:25"} {
		s, err := New(Config{Server: server, From: "Préau <a@b.fr>"})
		if err != nil || s.State().Server != want || s.State().From != "a@b.fr" {
			t.Errorf("%s: %+v %v", server, s, err)
		}
	}
}
