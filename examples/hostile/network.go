package main

import (
	"errors"
	"net"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

const ofNetwork = "attacks on the network"

var onNetwork = []wrong{
	{Name: "tcp", Family: ofNetwork, Tries: "connects to a TCP address of this machine, and listens on one", attack: func(a *attacker) {
		a.reach("tcp", a.given("tcp"))
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err == nil {
			l.Close()
		}
		a.try("listen on TCP", err)
	}},
	{Name: "udp", Family: ofNetwork, Tries: "sends to a UDP address of this machine", attack: func(a *attacker) { a.reach("udp", a.given("udp")) }},
	{Name: "vsock", Family: ofNetwork, Tries: "opens a vsock, which a network namespace does not cover", attack: vsock},
	{Name: "abstract", Family: ofNetwork, Tries: "connects to an abstract Unix socket", attack: func(a *attacker) { a.reach("unix", a.given("abstract")) }},
	{Name: "core-socket", Family: ofNetwork, Tries: "connects to the operator's socket of the core", attack: func(a *attacker) { a.reach("unix", a.given("socket")) }},
	{Name: "neighbour-socket", Family: ofNetwork, Tries: "connects to another module's sockets", attack: func(a *attacker) {
		for _, path := range a.all("socket") {
			a.reach("unix", path)
		}
	}},
	{Name: "odd-sockets", Family: ofNetwork, Tries: "opens raw, packet and netlink sockets", attack: oddSockets},
}

// reach says a word to an address that the test listens on.
func (a *attacker) reach(network, address string) {
	if address == "" {
		a.try("reach nothing", errors.New("the test gave no address"))
		return
	}
	c, err := net.DialTimeout(network, address, 2*time.Second)
	if err == nil {
		_, err = c.Write([]byte("hostile was here\n"))
		c.Close()
	}
	what := network
	if network == "unix" {
		what += " " + filepath.Base(address)
	}
	a.try("reach "+what, err)
}

// vsock only opens the socket, unless the test listens on a port of this very
// machine.
func vsock(a *attacker) {
	fd, err := unix.Socket(unix.AF_VSOCK, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	a.try("open a vsock", err)
	if err != nil {
		return
	}
	defer unix.Close(fd)
	if port, err := strconv.ParseUint(a.given("vsock"), 10, 32); err == nil {
		a.try("reach vsock", unix.Connect(fd, &unix.SockaddrVM{CID: unix.VMADDR_CID_LOCAL, Port: uint32(port)}))
	}
}

func oddSockets(a *attacker) {
	for _, s := range []struct {
		name                string
		family, kind, proto int
	}{
		{"raw", unix.AF_INET, unix.SOCK_RAW, unix.IPPROTO_ICMP},
		{"packet", unix.AF_PACKET, unix.SOCK_RAW, 0},
		{"netlink", unix.AF_NETLINK, unix.SOCK_RAW, unix.NETLINK_ROUTE},
		{"alg", unix.AF_ALG, unix.SOCK_SEQPACKET, 0},
		{"inet6", unix.AF_INET6, unix.SOCK_DGRAM, 0},
	} {
		fd, err := unix.Socket(s.family, s.kind|unix.SOCK_CLOEXEC, s.proto)
		if err == nil {
			unix.Close(fd)
		}
		a.try("open a "+s.name+" socket", err)
	}
}
