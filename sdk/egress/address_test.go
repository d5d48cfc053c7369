package egress

import (
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
)

func TestHost(t *testing.T) {
	for in, want := range map[string]string{
		"example.fr": "example.fr", "EXAMPLE.fr.": "example.fr", "École.fr": "xn--cole-9oa.fr", "xn--cole-9oa.fr": "xn--cole-9oa.fr",
		"a-b.c-d.fr": "a-b.c-d.fr", "1.2.3.4.fr": "1.2.3.4.fr",
		"": "", ".": "", "fr": "", "localhost": "", "127.0.0.1": "", "127.1": "", "0x7f.0.0.1": "", "2130706433": "", "::1": "", "[::1]": "",
		"1.2.3.4.": "", "１２７.0.0.1": "", "①27.0.0.1": "", "a..fr": "", "-a.fr": "", "a-.fr": "", "a_b.fr": "", "a.fr:443": "", "a.fr/x": "",
		"a b.fr": "", "a.fr\x00": "", "a.1": "", strings.Repeat("a", 64) + ".fr": "", strings.Repeat("a.", 130) + "fr": "",
	} {
		if got, ok := Host(in); got != want || ok != (want != "") {
			t.Errorf("%q: %q %v, want %q", in, got, ok, want)
		}
	}
}

func TestAddressOf(t *testing.T) {
	for in, key := range map[string]string{
		"https://example.fr": "", "https://example.fr:443/x?y#z": "", "http://example.fr/": "", "http://example.fr:80": "", "HTTPS://Example.FR/": "",
		"https://example.fr:80/": "egress.address", "http://example.fr:443/": "egress.address", "https://u@example.fr/": "egress.address",
		"https:///x": "egress.address", "https:example.fr": "egress.address", "https://10.0.0.1/": "egress.address",
		"ws://example.fr/": "egress.https", "//example.fr/": "egress.https", "/x": "egress.https", "": "egress.https",
	} {
		u, err := url.Parse(in)
		if err != nil {
			t.Fatal(err)
		}
		a, err := AddressOf(u)
		got := ""
		if err != nil {
			got, _ = errors.Public(err)
		}
		if got != key || err == nil && a.Host != "example.fr" || err == nil && a.Clear != strings.HasPrefix(in, "http:") {
			t.Errorf("%q: %+v %q, want %q", in, a, got, key)
		}
	}
}

// FuzzHost: what is a host is no address, whichever way it is read, and is
// written in one way only.
func FuzzHost(f *testing.F) {
	for _, s := range []string{"example.fr", "École.fr", "127.1", "１２７.0.0.1", "a.fr."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		h, ok := Host(s)
		if !ok {
			return
		}
		if again, ok := Host(h); !ok || again != h {
			t.Errorf("%q: %q, then %q", s, h, again)
		}
		if _, err := netip.ParseAddr(h); err == nil || strings.ContainsAny(h, ":/@[]%\\ ") || !strings.Contains(h, ".") {
			t.Errorf("%q: %q", s, h)
		}
		if last := h[strings.LastIndex(h, ".")+1]; last >= '0' && last <= '9' {
			t.Errorf("%q: %q ends in a number", s, h)
		}
	})
}
