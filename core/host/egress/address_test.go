package egress

import (
	"encoding/binary"
	"net/netip"
	"testing"

	"pgregory.net/rapid"
)

// special4 and special6 are what may never be dialled, written down from the
// RFCs and not from the library's table.
var (
	special4 = prefixes("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
		"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32")
	special6 = prefixes("::/128", "::1/128", "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64",
		"2001::/32", "2001:2::/48", "2001:10::/28", "2001:20::/28", "2001:db8::/32", "2002::/16", "3fff::/20",
		"5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8")
)

func prefixes(list ...string) (out []netip.Prefix) {
	for _, s := range list {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

func TestPublic(t *testing.T) {
	for _, x := range []struct {
		address string
		want    bool
	}{
		{"8.8.8.8", true}, {"193.54.1.1", true}, {"2001:4860:4860::8888", true}, {"2a01:e0a::1", true},
		{"9.255.255.255", true}, {"11.0.0.0", true}, {"100.63.255.255", true}, {"100.128.0.0", true},
		{"126.255.255.255", true}, {"128.0.0.0", true}, {"172.15.255.255", true}, {"172.32.0.0", true}, {"223.255.255.255", true},
		{"127.0.0.1", false}, {"0.0.0.0", false}, {"10.0.0.5", false}, {"100.64.0.1", false}, {"169.254.169.254", false},
		{"172.16.0.1", false}, {"172.31.255.255", false}, {"192.168.1.1", false}, {"224.0.0.1", false}, {"255.255.255.255", false},
		{"::", false}, {"::1", false}, {"fd00::1", false}, {"fe80::1", false}, {"fe80::1%eth0", false}, {"ff02::1", false},
		{"::ffff:127.0.0.1", false}, {"::ffff:10.0.0.1", false}, {"::127.0.0.1", false},
		{"64:ff9b::7f00:1", false}, {"64:ff9b::808:808", false}, {"64:ff9b:1::a00:1", false},
		{"2002:7f00:1::1", false}, {"2002:808:808::1", false}, {"2001:0:808:808::1", false}, {"2001:4860::1%eth0", false},
	} {
		if got := Public(netip.MustParseAddr(x.address)); got != x.want {
			t.Errorf("%s: %v", x.address, got)
		}
	}
	if Public(netip.Addr{}) {
		t.Error("no address is public")
	}
}

// TestSpecialRangesAreNotPublic: no address of any of them, whatever its form.
func TestSpecialRangesAreNotPublic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(append(append([]netip.Prefix{}, special4...), special6...)).Draw(t, "range")
		a := within(t, p)
		if Public(a) {
			t.Fatalf("%s of %s", a, p)
		}
		if a.Is4() && Public(netip.AddrFrom16(a.As16())) {
			t.Fatalf("%s of %s, mapped", a, p)
		}
	})
}

// TestPublicIsWhatIsLeft: every other IPv4 address is public, but for the three
// ranges of DNS sinks and relays that IANA lists besides.
func TestPublicIsWhatIsLeft(t *testing.T) {
	sinks := prefixes("192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24")
	rapid.Check(t, func(t *rapid.T) {
		var raw [4]byte
		binary.BigEndian.PutUint32(raw[:], rapid.Uint32().Draw(t, "address"))
		a := netip.AddrFrom4(raw)
		want := true
		for _, p := range append(append([]netip.Prefix{}, special4...), sinks...) {
			want = want && !p.Contains(a)
		}
		if Public(a) != want {
			t.Fatalf("%s: %v", a, !want)
		}
	})
}

// within draws an address of a range.
func within(t *rapid.T, p netip.Prefix) netip.Addr {
	raw := p.Addr().AsSlice()
	for i := p.Bits(); i < 8*len(raw); i++ {
		if rapid.Bool().Draw(t, "bit") {
			raw[i/8] |= 0x80 >> (i % 8)
		}
	}
	a, _ := netip.AddrFromSlice(raw)
	return a
}
