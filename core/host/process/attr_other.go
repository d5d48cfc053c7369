//go:build !linux

package process

import "syscall"

// dieWithCore leaves it to the lifeline: no other system has such a signal.
func dieWithCore(*syscall.SysProcAttr) {}
