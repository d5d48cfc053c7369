package manifest

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
)

// PathOf returns the decoded path of an address when it is unambiguous, as
// [CleanPath] says. An encoded slash is refused: core and module could read it
// as different addresses.
func PathOf(u *url.URL) (string, bool) {
	if encoded(u.EscapedPath(), "2f", "5c") {
		return "", false
	}
	return u.Path, CleanPath(u.Path)
}

// CleanPath reports whether a decoded path has one reading only: it is
// absolute, without empty, "." or ".." segments, without backslashes, control
// characters or anything that still looks encoded.
func CleanPath(p string) bool {
	if !strings.HasPrefix(p, "/") || !utf8.ValidString(p) {
		return false
	}
	if c := path.Clean(p); c != p && c+"/" != p {
		return false
	}
	if strings.ContainsFunc(p, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }) {
		return false
	}
	return !encoded(p, "2f", "5c", "2e")
}

// encoded reports whether p holds one of the percent-encoded bytes.
func encoded(p string, bytes ...string) bool {
	for i := strings.IndexByte(p, '%'); i >= 0 && i+3 <= len(p); i++ {
		if p[i] == '%' && slices.Contains(bytes, strings.ToLower(p[i+1:i+3])) {
			return true
		}
	}
	return false
}

// Match returns the first route that declares method and path; what matches
// none does not exist. The path is that inside the module, decoded; one that is
// not clean matches nothing.
func (m *Manifest) Match(method, p string) (Route, bool) {
	if !CleanPath(p) {
		return Route{}, false
	}
	for _, r := range m.Routes {
		if r.allows(method) && r.matches(p) {
			return r, true
		}
	}
	return Route{}, false
}

func (r Route) allows(method string) bool {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	return slices.Contains(r.Methods, method)
}

func (r Route) matches(p string) bool {
	if r.literal() {
		return r.Path == p
	}
	return doublestar.MatchUnvalidated(r.Path, p)
}

// literal: the pattern means nothing but itself.
func (r Route) literal() bool { return !strings.ContainsAny(r.Path, `*?[{\`) }
