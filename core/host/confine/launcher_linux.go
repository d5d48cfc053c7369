package confine

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/core/host/confine/inside"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Defaults of what a module may take.
const (
	DefaultMemory = 512 << 20 // bytes of private memory
	DefaultDisk   = 1 << 30   // bytes of all its data

	maxFiles   = 16384 // open at once: one for each school, and then some
	maxThreads = 1024
	lowest     = 19 // niceness: a module that spins leaves the others their time
	slack      = 128 << 20
)

// Command implements [process.Launcher].
func (l *Launcher) Command(want process.Launch) (*process.Command, error) {
	if want.Runtime != manifest.RuntimeSystem {
		if err := checkStatic(want.Binary); err != nil {
			return nil, err
		}
	}
	program, err := filter()
	if err != nil {
		return nil, err
	}
	tier := l.Tier(want.Tier)
	p := inside.Plan{
		Binary: want.Binary, Stamp: want.Stamp, Folder: want.Folder, Env: want.Env, Scratch: want.Run,
		Limits: limits(want.Quotas), Filter: program, Hidden: l.hidden(want),
	}
	if p.Core, err = os.Readlink("/proc/self"); err != nil {
		return nil, err
	}
	p.Mounts, p.Links = visible(want)
	p.Links = append(p.Links, inside.Named(want.Binary))
	if tier != manifest.TierFirstParty {
		p.Nice, p.Processors = lowest, half()
	}
	return l.prepare(p, want, tier)
}

// half lists the upper half of the processors that the core may run on: the
// lower one stays free of whom one does not trust, whatever they do. With one
// processor there is nothing to divide.
func half() []int {
	var mine unix.CPUSet
	if unix.SchedGetaffinity(0, &mine) != nil {
		return nil
	}
	var all []int
	for n := range len(mine) * 64 {
		if mine.IsSet(n) {
			all = append(all, n)
		}
	}
	return all[len(all)/2:]
}

// prepare makes the command of a plan.
func (l *Launcher) prepare(p inside.Plan, want process.Launch, tier manifest.Tier) (_ *process.Command, err error) {
	ours, theirs, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	out := &process.Command{Cmd: exec.Command(l.exec)}
	out.Args = []string{inside.Name}
	out.Dir = want.Run
	out.Lower = func() error { return inside.Lower(&p) }
	out.ExtraFiles = []*os.File{want.Lifeline, theirs}
	leave := func() {}
	defer func() {
		if err != nil {
			out.Drop()
			ours.Close()
			leave()
		}
	}()
	if tier != manifest.TierFirstParty {
		var doors []*os.File
		doors, leave = group(want)
		p.Joins = len(doors)
		out.ExtraFiles = append(out.ExtraFiles, doors...)
	}
	plan, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	out.Env = []string{inside.Variable + "=" + string(plan)}
	if tier == manifest.TierContainer {
		tidy, err := l.contain(out, p, want)
		if err != nil {
			return nil, err
		}
		groups := leave
		leave = func() { groups(); tidy() }
	}
	if out.Args[0] == inside.Name {
		if err := l.delegate(out); err != nil {
			return nil, err
		}
	}
	out.Ended = func() error {
		defer ours.Close()
		defer leave()
		return report(ours)
	}
	return out, nil
}

// delegate has the launcher itself make the process in its namespaces: a fork of
// this program would copy the tables of all its memory and hold up whoever needs
// a page of it meanwhile.
func (l *Launcher) delegate(cmd *process.Command) error {
	ours, theirs, err := os.Pipe()
	if err != nil {
		return err
	}
	cmd.Heir = ours
	cmd.Args = append(cmd.Args, strconv.Itoa(inside.LifelineFD+len(cmd.ExtraFiles)))
	cmd.ExtraFiles = append(cmd.ExtraFiles, theirs)
	if l.small == nil {
		return nil
	}
	program, err := unix.FcntlInt(l.small.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return err
	}
	cmd.Path = "/proc/self/fd/" + strconv.Itoa(inside.LifelineFD+len(cmd.ExtraFiles))
	cmd.ExtraFiles = append(cmd.ExtraFiles, os.NewFile(uintptr(program), l.small.Name()))
	return nil
}

// report reads what the launcher said before it gave up.
func report(r *os.File) error {
	said, err := io.ReadAll(io.LimitReader(r, 4<<10))
	if err != nil {
		return err
	}
	if len(said) > 0 {
		return errors.New("confinement: " + string(said))
	}
	return nil
}

// hidden lists what the self-test is to look for.
func (l *Launcher) hidden(want process.Launch) []string {
	out := append([]string(nil), l.cfg.Hidden...)
	if !within(l.program, want.Folder) && (want.Runtime != manifest.RuntimeSystem || !within(l.program, "/usr")) {
		out = append(out, l.program)
	}
	return out
}

func within(name, folder string) bool {
	rel, err := filepath.Rel(folder, name)
	return err == nil && filepath.IsLocal(rel)
}

// limits are those of every tier. Memory is counted as private writable memory:
// a store maps a gigabyte of each file, which is not its own.
func limits(q manifest.Quotas) []inside.Limit {
	memory, disk := uint64(q.Memory), uint64(q.Disk)
	if memory == 0 {
		memory = DefaultMemory
	}
	if disk == 0 {
		disk = DefaultDisk
	}
	return []inside.Limit{
		{Resource: unix.RLIMIT_CORE, Value: 0},
		{Resource: unix.RLIMIT_NOFILE, Value: maxFiles},
		{Resource: unix.RLIMIT_NPROC, Value: maxThreads},
		{Resource: unix.RLIMIT_FSIZE, Value: disk + disk/5},
		{Resource: unix.RLIMIT_DATA, Value: memory + slack}, // Go takes address space by 64 MiB
		{Resource: unix.RLIMIT_MEMLOCK, Value: 0},
		{Resource: unix.RLIMIT_MSGQUEUE, Value: 0},
	}
}
