package egress

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/idna"

	"github.com/preau-ent/preau/sdk/errors"
)

// Address is where a request goes.
type Address struct {
	Host  string // a DNS name in lower case, in ASCII
	Clear bool   // http, not https
}

// AddressOf reads the scheme and host of an address. Invalid when it is neither
// https nor http, names no host but a number, carries a password, or a port
// other than the scheme's own.
func AddressOf(u *url.URL) (Address, error) {
	a := Address{Clear: u.Scheme == "http"}
	if !a.Clear && u.Scheme != "https" {
		return a, errors.New(errors.Invalid, "egress.https")
	}
	port := "443"
	if a.Clear {
		port = "80"
	}
	host, ok := Host(u.Hostname())
	if !ok || u.User != nil || u.Opaque != "" || u.Port() != "" && u.Port() != port {
		return a, errors.New(errors.Invalid, "egress.address")
	}
	a.Host = host
	return a, nil
}

// name: two labels or more, of which the last is no number.
var name = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)

// Host returns the one way to write a host's name; ok is false for what is no
// full DNS name: an IP address however written, "localhost", a name with a port.
func Host(s string) (_ string, ok bool) {
	if _, err := netip.ParseAddr(s); err == nil {
		return "", false
	}
	ascii, err := idna.Lookup.ToASCII(strings.TrimSuffix(s, "."))
	if err != nil || len(ascii) > 253 || !name.MatchString(ascii) {
		return "", false
	}
	again, err := idna.Lookup.ToASCII(ascii) // what was no text comes out as a name that is none
	if err != nil || again != ascii {
		return "", false
	}
	return ascii, true
}
