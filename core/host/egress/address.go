package egress

import (
	"net/netip"

	"code.dny.dev/ssrf"
)

// special knows the registries of special addresses that IANA keeps.
var special = ssrf.New(ssrf.WithAnyPort())

// Public reports whether an address is one of the open network: no loopback,
// private, shared, link-local, multicast, documentation or reserved one, and
// none that carries an IPv4 address within (mapped, NAT64, 6to4, Teredo).
func Public(a netip.Addr) bool {
	return a.IsValid() && a.Zone() == "" && special.SafeAddr(a) == nil
}
