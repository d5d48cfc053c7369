package host_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/process"
)

// TestAttacksAreReal: without confinement the same attempts get through, so the
// trials show what stops them and not that they were never made. None of them
// leaves the test's own folders, listeners and processes; mounts are not tried.
func TestAttacksAreReal(t *testing.T) {
	y := &yard{t: t, log: &journal{}, run: t.TempDir()}
	y.house = newHouse(t, func(c *host.Config) { c.Launcher = process.Direct{} }, victim, voisin)
	y.start(t)
	d, secret := y.decoy(), y.secret()
	neighbour := filepath.Join(y.home(voisin), "secret")
	check(t, os.WriteFile(neighbour, []byte("x"), 0o600))
	outside := t.TempDir()
	tcp, heardTCP := listen(y, "tcp", "127.0.0.1:0")
	udp, heardUDP := listen(y, "udp", "127.0.0.1:0")
	abstract, _ := listen(y, "unix", "@preau-real-"+strconv.Itoa(os.Getpid()))
	socket, _ := listen(y, "unix", filepath.Join(y.run, "preau.sock"))
	for _, c := range []struct {
		name, try string
		given     url.Values
	}{
		{"read-core", "read core", url.Values{"core": {secret}}},
		{"read-neighbour", "read neighbour", url.Values{"neighbour": {neighbour}}},
		{"write-outside", "write into " + filepath.Base(outside), url.Values{"dir": {outside}}},
		{"plant-links", "read through the link lien", url.Values{"core": {secret}}},
		{"tcp", "reach tcp", url.Values{"tcp": {tcp}}},
		{"udp", "reach udp", url.Values{"udp": {udp}}},
		{"abstract", "reach unix " + abstract, url.Values{"abstract": {abstract}}},
		{"core-socket", "reach unix preau.sock", url.Values{"socket": {socket}}},
		{"environment", "read another's environment", url.Values{"pid": {d.id()}, "secret": {d.secret}}},
		{"memory", "process_vm_readv", url.Values{"pid": {d.id()}}},
		{"descriptors", "list another's descriptors", url.Values{"pid": {d.id()}}},
		{"exec", "execute a shell", nil},
		{"memfd", "memfd_create", nil},
		{"odd-calls", "keyctl", nil},
		{"odd-sockets", "open a netlink socket", nil},
		{"signal", "kill", url.Values{"pid": {d.id()}}}, // the last one: the decoy is no more
	} {
		y.name = c.name
		got := false
		for _, a := range y.attack(c.given) {
			got = got || a.Try == c.try && a.Got
		}
		if !got {
			t.Errorf("%s, unconfined: %q did not get through", c.name, c.try)
		}
	}
	eventually(t, "the listeners hear it", func() bool { return heardTCP() > 0 && heardUDP() > 0 })
}
