package main

import (
	"fmt"
	"net"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Every address is that of a listener on loopback that the test started.
var network = map[string]func(string) error{
	"tcp":    func(a string) error { c, err := net.Dial("tcp", a); return with(c, err) },
	"listen": func(string) error { l, err := net.Listen("tcp", "127.0.0.1:0"); return with(l, err) },
	"udp": func(a string) error {
		c, err := net.Dial("udp", a)
		if err != nil {
			return err
		}
		_, err = c.Write([]byte("x"))
		return err
	},
	"unix": func(a string) error { c, err := net.Dial("unix", a); return with(c, err) }, // @name is abstract
	"vsock": func(a string) error {
		fd, err := unix.Socket(unix.AF_VSOCK, unix.SOCK_STREAM, 0)
		if err != nil {
			return err
		}
		port, err := strconv.ParseUint(a, 10, 32)
		if err != nil {
			return err
		}
		return unix.Connect(fd, &unix.SockaddrVM{CID: unix.VMADDR_CID_LOCAL, Port: uint32(port)})
	},
	"socket": func(a string) error {
		family, kind, _ := strings.Cut(a, ",")
		f, err := strconv.Atoi(family)
		if err != nil {
			return err
		}
		k, err := strconv.Atoi(kind)
		if err != nil {
			return err
		}
		fd, err := unix.Socket(f, k, 0)
		if err == nil {
			unix.Close(fd)
		}
		return err
	},
	"pair": func(string) error { _, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0); return err },
	"interfaces": func(string) error {
		all, err := net.Interfaces()
		if err == nil && len(all) == 0 {
			err = fmt.Errorf("none")
		}
		return err
	},
}
