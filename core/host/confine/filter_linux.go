package confine

import (
	"encoding/binary"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/elastic/go-seccomp-bpf"
	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// filter is the assembled program of this machine, the same for every module.
var filter = sync.OnceValues(func() ([]byte, error) {
	program, err := assemble()
	if err != nil {
		return nil, err
	}
	raw, err := bpf.Assemble(program)
	if err != nil {
		return nil, err
	}
	var out []byte
	for _, in := range raw {
		out = binary.NativeEndian.AppendUint16(out, in.Op)
		out = append(out, in.Jt, in.Jf)
		out = binary.NativeEndian.AppendUint32(out, in.K)
	}
	return out, nil
})

// assemble makes one group of what is allowed: of a second group the library
// takes no notice. What is not allowed fails as a call that the kernel does not
// have, so that a C library tries the older one; the library itself knows no
// other error than EPERM.
func assemble() ([]bpf.Instruction, error) {
	own, known := named[runtime.GOARCH]
	if !known {
		return nil, fmt.Errorf("no list of system calls for the processor %s", runtime.GOARCH)
	}
	policy := seccomp.Policy{
		DefaultAction: seccomp.ActionErrno,
		Syscalls: []seccomp.SyscallGroup{{
			Names: slices.Concat(calls, own), NamesWithCondtions: argued, Action: seccomp.ActionAllow,
		}},
	}
	program, err := policy.Assemble()
	if err != nil {
		return nil, err
	}
	refused := uint32(seccomp.ActionErrno)
	for i, in := range program {
		if r, ok := in.(bpf.RetConstant); ok && r.Val == refused|uint32(unix.EPERM) {
			program[i] = bpf.RetConstant{Val: refused | uint32(unix.ENOSYS)}
		}
	}
	return program, nil
}
