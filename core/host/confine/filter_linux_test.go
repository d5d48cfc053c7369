package confine

import (
	"encoding/binary"
	"runtime"
	"slices"
	"testing"

	"github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// decide runs the filter on one call as the kernel would.
func decide(t *testing.T, vm *bpf.VM, processor, call uint32, args ...uint64) uint32 {
	t.Helper()
	// The kernel's structure in the byte order of this virtual machine, which
	// reads big-endian words: number, processor, address, six arguments.
	data := binary.BigEndian.AppendUint32(nil, call)
	data = binary.BigEndian.AppendUint32(data, processor)
	data = append(data, make([]byte, 8)...)
	for i := range 6 {
		var v uint64
		if i < len(args) {
			v = args[i]
		}
		data = binary.BigEndian.AppendUint32(data, uint32(v)) // low word first, as on a little-endian processor
		data = binary.BigEndian.AppendUint32(data, uint32(v>>32))
	}
	out, err := vm.Run(data)
	if err != nil {
		t.Fatal(err)
	}
	return uint32(out)
}

func TestFilter(t *testing.T) {
	program, err := assemble()
	if err != nil {
		t.Fatal(err)
	}
	vm, err := bpf.NewVM(program)
	if err != nil {
		t.Fatal(err)
	}
	own, err := arch.GetInfo("")
	if err != nil {
		t.Fatal(err)
	}
	const refused = uint32(seccomp.ActionErrno) | uint32(unix.ENOSYS)
	allowed := slices.Concat(calls, named[runtime.GOARCH])
	for name, n := range own.SyscallNames {
		want := refused
		if slices.Contains(allowed, name) {
			want = uint32(seccomp.ActionAllow)
		}
		if got := decide(t, vm, uint32(own.ID), uint32(n)); got != want {
			t.Errorf("%s without arguments: %#x, want %#x", name, got, want)
		}
		if got := decide(t, vm, uint32(arch.I386.ID), uint32(n)); got != refused && runtime.GOARCH == "amd64" {
			t.Errorf("call %d by the 32-bit gate: %#x", n, got)
		}
		if got := decide(t, vm, uint32(own.ID), uint32(n)|0x40000000); got != refused {
			t.Errorf("%s as x32: %#x", name, got)
		}
	}
	for _, c := range []struct {
		name string
		args []uint64
		ok   bool
	}{
		{"socket", []uint64{unix.AF_UNIX, unix.SOCK_STREAM}, true},
		{"socket", []uint64{unix.AF_INET, unix.SOCK_STREAM}, false},
		{"socket", []uint64{unix.AF_VSOCK, unix.SOCK_STREAM}, false},
		{"socket", []uint64{1<<32 | unix.AF_UNIX}, false},
		{"socketpair", []uint64{unix.AF_UNIX}, true},
		{"socketpair", []uint64{unix.AF_INET6}, false},
		{"clone", []uint64{unix.CLONE_VM | unix.CLONE_FS | unix.CLONE_FILES | unix.CLONE_SIGHAND | unix.CLONE_THREAD}, true},
		{"clone", []uint64{uint64(unix.SIGCHLD)}, false},
		{"clone", []uint64{unix.CLONE_VM | unix.CLONE_VFORK | uint64(unix.SIGCHLD)}, false},
		{"clone", []uint64{unix.CLONE_NEWUSER | uint64(unix.SIGCHLD)}, false},
		{"prctl", []uint64{unix.PR_SET_NAME}, true},
		{"prctl", []uint64{unix.PR_SET_PDEATHSIG}, false},
		{"prctl", []uint64{unix.PR_SET_DUMPABLE}, false},
		{"ioctl", []uint64{0, fionbio}, true},
		{"ioctl", []uint64{0, unix.TIOCSTI}, false},
	} {
		got := decide(t, vm, uint32(own.ID), uint32(own.SyscallNames[c.name]), c.args...)
		if ok := got == uint32(seccomp.ActionAllow); ok != c.ok {
			t.Errorf("%s %#x: %#x, allowed %v, want %v", c.name, c.args, got, ok, c.ok)
		}
	}
}

// TestNames: every call of the lists exists on its processor, so that none is
// misspelt; the library fails on a name it does not know.
func TestNames(t *testing.T) {
	for processor, own := range named {
		info, err := arch.GetInfo(processor)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range slices.Concat(calls, own) {
			if _, ok := info.SyscallNames[name]; !ok {
				t.Errorf("%s has no call %q", processor, name)
			}
		}
		for _, c := range argued {
			if _, ok := info.SyscallNames[c.Name]; !ok {
				t.Errorf("%s has no call %q", processor, c.Name)
			}
		}
	}
}
