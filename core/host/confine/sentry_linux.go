package confine

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/core/host/confine/inside"
	"github.com/preau-ent/preau/core/host/process"
)

// sentry has gVisor's runsc make the container: a kernel of its own, in a
// process, answers the module's calls. The launcher acts twice: outside, where it
// gives the runner its priority, its control groups and its end, and inside,
// where it gives up the rest and becomes the module.
func sentry(cmd *process.Command, program, own string, p inside.Plan, want process.Launch) (leave func(), err error) {
	dir, err := os.MkdirTemp(filepath.Dir(want.Run), "runsc-") // the core's own, which the next one sweeps if it is killed
	if err != nil {
		return nil, err
	}
	leave = func() { os.RemoveAll(dir) }
	defer func() {
		if err != nil {
			leave()
		}
	}()
	outer := inside.Plan{Core: p.Core, Nice: p.Nice, Processors: p.Processors, Joins: p.Joins, Runner: []string{
		program, "--root=" + filepath.Join(dir, "state"), "--rootless", "--network=none", "--ignore-cgroups",
		"--host-uds=all", "--overlay2=none", "run", "--bundle=" + dir, "module"}}
	plan, err := json.Marshal(outer)
	if err != nil {
		return nil, err
	}
	cmd.Env = []string{inside.Variable + "=" + string(plan)}
	var u unix.Utsname
	if err := unix.Uname(&u); err != nil {
		return nil, err
	}
	p.Kernel = unix.ByteSliceToString(u.Release[:])
	p.Limits = slices.DeleteFunc(p.Limits, func(l inside.Limit) bool { return l.Resource == unix.RLIMIT_MSGQUEUE }) // it has none
	return leave, bundle(dir, own, p, want)
}

// bundle writes what the runner is to run: the root's folders and links, and
// config.json as the Open Container Initiative specifies it.
func bundle(dir, own string, p inside.Plan, want process.Launch) error {
	root := filepath.Join(dir, "root")
	for _, l := range p.Links {
		if err := os.MkdirAll(filepath.Dir(root+l.Path), 0o755); err != nil {
			return err
		}
		if err := os.Symlink(l.Target, root+l.Path); err != nil {
			return err
		}
	}
	type object map[string]any
	mount := func(at, from string, options ...string) object {
		return object{"destination": at, "type": "bind", "source": from, "options": append(options, "bind", "nosuid", "nodev")}
	}
	mounts := []object{{"destination": "/proc", "type": "proc", "source": "proc"}, mount(place, own, "ro")}
	for _, m := range p.Mounts {
		switch {
		case m.Device: // it has its own
		case m.Write:
			mounts = append(mounts, mount(m.Path, m.Path, "rw", "noexec"))
		default:
			mounts = append(mounts, mount(m.Path, m.Path, "ro"))
		}
	}
	plan, err := json.Marshal(p)
	if err != nil {
		return err
	}
	var namespaces []object
	for _, kind := range []string{"pid", "network", "ipc", "uts", "mount"} {
		namespaces = append(namespaces, object{"type": kind})
	}
	config, err := json.Marshal(object{
		"ociVersion": "1.0.0", "hostname": "module",
		"process": object{"user": object{"uid": 0, "gid": 0}, "args": []string{place}, "cwd": want.Folder,
			"env": []string{inside.Variable + "=" + string(plan)}, "noNewPrivileges": true, "capabilities": object{}},
		"root": object{"path": root, "readonly": true}, "mounts": mounts, "linux": object{"namespaces": namespaces},
	})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "config.json"), config, 0o600)
}
