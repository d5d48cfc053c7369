package process

import "syscall"

// dieWithCore has the kernel end the process when the thread that made it ends.
func dieWithCore(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGKILL }
