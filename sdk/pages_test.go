package sdk_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/internal/atelier"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

// start runs the workshop module with a pupil and the pupil's father.
func start(t *testing.T, opts ...plugintest.Option) (h *plugintest.Harness, pupil, parent *plugintest.Visitor) {
	t.Helper()
	h = plugintest.Start(t, atelier.Module(), "internal/atelier/module", opts...)
	lea := h.School.Pupil("Léa Martin", h.School.Class("6e A"))
	return h, h.As(lea), h.As(h.School.Parent("Karim Martin", lea))
}

// modes runs a test in this process and against the real process.
func modes(t *testing.T, test func(t *testing.T, opts ...plugintest.Option)) {
	t.Run("here", func(t *testing.T) { test(t) })
	t.Run("process", func(t *testing.T) { test(t, plugintest.Process()) })
}

func TestPageAndForm(t *testing.T) {
	modes(t, func(t *testing.T, opts ...plugintest.Option) {
		h, pupil, _ := start(t, opts...)
		page := pupil.Get("/")
		plugintest.Has(t, page, "atelier.none")

		again := pupil.Submit(page, "/note", url.Values{"due": {"pas une date"}})
		if again.Status != http.StatusUnprocessableEntity || again.Page == nil {
			t.Fatalf("a form without title: %s", again)
		}
		plugintest.Has(t, plugintest.FieldOf(t, plugintest.FormTo(t, again.Page, "/note"), "title"), "error.field.required")
		plugintest.Has(t, plugintest.FieldOf(t, plugintest.FormTo(t, again.Page, "/note"), "due"), "error.field.date")

		done := pupil.Submit(page, "/note", url.Values{"title": {"Été"}})
		if done.Status != http.StatusSeeOther || done.Location != "/" || done.Flash.GetKey() != "atelier.saved" {
			t.Fatalf("a good form: %s", done)
		}
		plugintest.Has(t, done.Follow(), "Été")
		e := h.Event("atelier.saved")
		if string(e.Payload) != `"Été"` || e.School != h.School.ID || len(e.People) != 1 {
			t.Errorf("event %+v", e)
		}
		if a := h.Audited(); len(a) != 1 || a[0].Action != "atelier.saved" || a[0].By != "lea-martin" {
			t.Errorf("audit %+v", a)
		}
	})
}

func TestTheCoreDecidesFirst(t *testing.T) {
	h, pupil, parent := start(t)
	head := h.As(h.School.Head("Anne Roux"))
	for _, c := range []struct {
		who          *plugintest.Visitor
		method, path string
		want         errors.Kind
	}{
		{pupil, "GET", "/", errors.OK},
		{parent, "GET", "/", errors.OK},
		{head, "GET", "/", errors.Denied},
		{parent, "POST", "/note", errors.Denied},
		{pupil, "POST", "/", errors.NotFound},
		{pupil, "GET", "/inconnu", errors.NotFound},
		{pupil, "GET", "/oublie", errors.NotFound}, // declared, not written
		{pupil, "GET", "/faute/a%2Fb", errors.NotFound},
		{pupil, "GET", "/faute/../", errors.NotFound},
		{pupil, "GET", "/rien", errors.NotFound},
	} {
		if got := c.who.Do(c.method, c.path, nil); got.Kind() != c.want {
			t.Errorf("%s %s: %s, want %v", c.method, c.path, got, c.want)
		}
	}
}

func TestErrorsKeepTheirCause(t *testing.T) {
	modes(t, func(t *testing.T, opts ...plugintest.Option) {
		_, pupil, _ := start(t, opts...)
		for k := errors.Invalid; k <= errors.Bug; k++ {
			a := pupil.Do("GET", "/faute/"+k.String(), nil)
			if a.Kind() != k || a.Err.Key != "atelier.wrong" || len(a.Err.Args) != 2 {
				t.Errorf("%v came as %s", k, a)
			}
			if strings.Contains(a.String(), "secret") {
				t.Errorf("%v told its cause: %s", k, a)
			}
		}
		for _, path := range []string{"/faute/panique", "/faute/inconnue"} {
			if a := pupil.Do("GET", path, nil); a.Kind() != errors.Bug || strings.Contains(a.String(), "secret") {
				t.Errorf("%s: %s", path, a)
			}
		}
		if a := pupil.Do("GET", "/faute/champ", nil); a.Err.Fields["kind"] != "atelier.wrong" {
			t.Errorf("fields: %+v", a.Err)
		}
	})
}

func TestHalfAnAnswerIsNotWhole(t *testing.T) {
	_, pupil, _ := start(t)
	r, err := pupil.Client().Get("http://module/coupe")
	if err == nil {
		_, err = io.ReadAll(r.Body)
		r.Body.Close()
	}
	if err == nil {
		t.Error("a handler that panicked half way gave a whole answer")
	}
	plugintest.Has(t, pupil.Get("/"), "atelier.title") // and cost only itself
}

func TestPeople(t *testing.T) {
	_, pupil, _ := start(t)
	page := pupil.Get("/annuaire?q=martin")
	plugintest.Has(t, page, "Léa Martin", "Karim Martin")
	plugintest.HasNot(t, pupil.Get("/annuaire?q=karim"), "Léa")
}

func TestFiles(t *testing.T) {
	modes(t, func(t *testing.T, opts ...plugintest.Option) {
		h, pupil, _ := start(t, opts...)
		content := make([]byte, 700<<10)
		_, _ = rand.Read(content)
		a := pupil.PostFiles("/joindre", nil, plugintest.Upload{Field: "piece", Name: "photo.jpg", Content: content})
		if a.Status != http.StatusSeeOther {
			t.Fatal(a)
		}
		if s := h.Stored(); len(s) != 1 || s[0].Size != int64(len(content)) || s[0].Name != "photo.jpg" {
			t.Errorf("stored %v", s)
		}
		if n := h.Notices(); len(n) != 1 || n[0].Text.GetKey() != "atelier.kept" || n[0].People[0] != "lea-martin" {
			t.Errorf("notices %+v", n)
		}
		if b := pupil.Do("GET", a.Location, nil); b.File == "" || "/fichier/"+b.File != a.Location {
			t.Errorf("the file came as %s", b)
		}
		big := pupil.PostFiles("/joindre", nil, plugintest.Upload{Field: "piece", Name: "film", Content: make([]byte, 2<<20)})
		if big.Kind() != errors.TooLarge {
			t.Errorf("2 MiB where 1 MiB is declared: %s", big)
		}
		if none := pupil.PostFiles("/joindre", url.Values{"x": {"y"}}); none.Kind() != errors.Invalid {
			t.Errorf("no file: %s", none)
		}
	})
}

func TestPersonalLink(t *testing.T) {
	h, pupil, _ := start(t)
	made := pupil.Post("/lien", nil)
	address := made.Flash.GetArgs()[0].GetS()
	if got := h.Follow(address); string(got.Body) != "feed of Léa Martin" {
		t.Errorf("the link gave %s %q", got, got.Body)
	}
	if got := h.Follow("/lien/devine"); got.Kind() != errors.NotFound {
		t.Errorf("a guessed link gave %s", got)
	}
}

// TestEchoIsWhole holds what net/http loses without full duplex: a body that is
// still being read when the answer begins.
func TestEchoIsWhole(t *testing.T) {
	modes(t, func(t *testing.T, opts ...plugintest.Option) {
		_, pupil, _ := start(t, opts...)
		client := pupil.Client()
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				body := make([]byte, 64<<10)
				_, _ = rand.Read(body)
				for range 100 {
					r, err := client.Post("http://module/echo", "application/octet-stream", bytes.NewReader(body))
					if err != nil {
						t.Error(err)
						return
					}
					back, err := io.ReadAll(r.Body)
					r.Body.Close()
					if err != nil || !bytes.Equal(back, body) {
						t.Errorf("%d of %d bytes came back: %v", len(back), len(body), err)
						return
					}
				}
			})
		}
		all.Wait()
	})
}

// TestUnreadBodies answers before it has read, with every size of what is left:
// the answer is whole, the connection's next request is not eaten by it.
func TestUnreadBodies(t *testing.T) {
	modes(t, func(t *testing.T, opts ...plugintest.Option) {
		_, pupil, _ := start(t, opts...)
		client := pupil.Client()
		for _, size := range []int{1, 64 << 10, 256 << 10, 300 << 10} {
			for range 50 {
				body := io.MultiReader(bytes.NewReader(make([]byte, size))) // no Content-Length
				r, err := client.Post("http://module/sourd", "application/octet-stream", body)
				if err != nil {
					t.Fatalf("%d bytes unread: %v", size, err)
				}
				b, err := io.ReadAll(r.Body)
				r.Body.Close()
				if string(b) != "sourd" || err != nil {
					t.Fatalf("%d bytes unread: %q, %v", size, b, err)
				}
				if a := pupil.Send("POST", "/lien", "text/plain", make([]byte, size)); a.Status != http.StatusSeeOther {
					t.Fatalf("a form with %d bytes unread: %s", size, a)
				}
			}
		}
	})
}

func TestStreamEndsWithDrain(t *testing.T) {
	h, pupil, _ := start(t)
	r, err := pupil.Client().Get("http://module/direct")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	first := make([]byte, len("data: bonjour"))
	if _, err := io.ReadFull(r.Body, first); err != nil || string(first) != "data: bonjour" {
		t.Fatalf("first event %q, %v", first, err)
	}
	ended := make(chan struct{})
	go func() { _, _ = io.Copy(io.Discard, r.Body); close(ended) }()
	h.Stop()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Error("the stream outlives Drain")
	}
}

func TestWebSocket(t *testing.T) {
	modes(t, func(t *testing.T, opts ...plugintest.Option) {
		_, pupil, _ := start(t, opts...)
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		c, _, err := websocket.Dial(ctx, "ws://module/socket", &websocket.DialOptions{HTTPClient: pupil.Client()})
		if err != nil {
			t.Fatal(err)
		}
		defer c.CloseNow()
		for _, word := range []string{"un", "deux"} {
			if err := c.Write(ctx, websocket.MessageText, []byte(word)); err != nil {
				t.Fatal(err)
			}
			if _, b, err := c.Read(ctx); err != nil || string(b) != word {
				t.Fatalf("echo %q, %v", b, err)
			}
		}
	})
}

func TestSchoolsAreApart(t *testing.T) {
	one, two := plugintest.NewSchool("0750655E", "Collège"), plugintest.NewSchool("0690001A", "Lycée")
	lea, zoe := one.Pupil("Léa Martin"), two.Pupil("Zoé Blanc")
	h := plugintest.Start(t, atelier.Module(), "internal/atelier/module", plugintest.Schools(one, two))
	h.As(lea).Post("/note", url.Values{"title": {"collège"}})
	plugintest.Has(t, h.As(lea).Get("/"), "collège")
	plugintest.HasNot(t, h.As(zoe).Get("/"), "collège")
	plugintest.HasNot(t, h.As(zoe).Get("/annuaire?q=martin"), "Martin")
	if _, err := h.As(zoe).TryWidget("notes", ui.Small, nil); err != nil {
		t.Error(err)
	}
	var _ ids.PersonID = zoe
}
