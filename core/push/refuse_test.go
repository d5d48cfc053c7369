package push

import (
	"net/url"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
)

// TestNothingWithin: an address of the internal network is refused when it is
// given, and when it is dialled.
func TestNothingWithin(t *testing.T) {
	m, b := newMaker(t), newBrowser(t)
	s := newService(t, m, false)
	for _, endpoint := range []string{
		m.URL + "/1", "https://127.0.0.1/1", "https://[::1]/1", "https://10.0.0.1/1", "https://169.254.169.254/latest", "https://[::ffff:127.0.0.1]/1",
		"http://push.example.com/1", "https://push.example.com:22/1", "https://user@push.example.com/1", "https://push.example.com/1#x",
		"file:///etc/passwd", "https:///1", "", "https://push.example.com/" + strings.Repeat("x", 1100),
	} {
		if err := s.Subscribe(t.Context(), "anna", "x", b.subscription(endpoint)); errors.KindOf(err) != errors.Invalid {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
	for _, k := range []Keys{{}, {P256dh: "AAAA", Auth: "AAAA"}, {P256dh: b.subscription("").Keys.P256dh, Auth: "AAAA"}} {
		if err := s.Subscribe(t.Context(), "anna", "x", Subscription{"https://push.example.com/1", k}); errors.KindOf(err) != errors.Invalid {
			t.Errorf("%+v: %v", k, err)
		}
	}
	// a name that leads within passes the first look, not the second
	if err := s.Subscribe(t.Context(), "anna", "x", b.subscription("https://localhost/1")); err != nil {
		t.Fatal(err)
	}
	if err := s.Send(t.Context(), "anna", Message{Title: "x"}); errors.KindOf(err) != errors.NotFound || len(m.came) > 0 {
		t.Errorf("%v, %d requests", err, len(m.came))
	}
	if names, _ := s.Browsers(t.Context(), "anna"); len(names) > 0 {
		t.Error("such an address is kept")
	}
	if u, _ := url.Parse("https://8.8.8.8/1"); !s.allowed(u) {
		t.Error("an address of the open network is refused")
	}
}

// TestBrowsersAreOnePersons: who signs in on the same browser takes it over;
// nobody forgets another's; a person has ten at most; the key stays.
func TestBrowsersAreOnePersons(t *testing.T) {
	m, b := newMaker(t), newBrowser(t)
	s := newService(t, m, true)
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	sub := b.subscription(m.URL + "/1")
	check(s.Subscribe(t.Context(), "anna", "x", sub))
	check(s.Subscribe(t.Context(), "bob", "x", sub))
	if names, _ := s.Browsers(t.Context(), "anna"); len(names) > 0 {
		t.Error("two people have one browser")
	}
	check(s.Unsubscribe(t.Context(), "anna", sub.Endpoint))
	if names, _ := s.Browsers(t.Context(), "bob"); len(names) != 1 {
		t.Error("anna forgot bob's browser")
	}
	for i := range 15 {
		check(s.Subscribe(t.Context(), "anna", "x", b.subscription(m.URL+"/"+strings.Repeat("a", i+2))))
	}
	if names, _ := s.Browsers(t.Context(), "anna"); len(names) != maxBrowsers {
		t.Errorf("%d browsers", len(names))
	}
	check(s.Forget(t.Context(), "anna"))
	if names, _ := s.Browsers(t.Context(), "anna"); len(names) > 0 {
		t.Error("not forgotten")
	}
	if again := openService(t, s.cfg.Engine, m, true); again.Key() != s.Key() {
		t.Error("another key after a restart: every browser would have to subscribe again")
	}
}
