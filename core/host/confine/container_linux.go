package confine

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"strings"

	"github.com/preau-ent/preau/core/host/confine/inside"
	"github.com/preau-ent/preau/core/host/process"
)

// place is where the launcher is inside of a container.
var place = path.Join("/launcher", inside.Name)

// contain lets a runner make the namespaces and the root, in which the launcher
// does the rest; leave takes away what was made for it.
func (l *Launcher) contain(cmd *process.Command, p inside.Plan, want process.Launch) (leave func(), err error) {
	name, program, err := l.runner()
	if err != nil {
		return nil, err
	}
	own, err := os.Executable()
	if l.exec != "/proc/self/exe" {
		own = l.exec
	}
	if err != nil {
		return nil, err
	}
	if err := checkStatic(own); err != nil {
		return nil, err
	}
	p.Built = true
	p.Hidden = without(p.Hidden, own)
	if name == "runsc" {
		return sentry(cmd, program, own, p, want)
	}
	return func() {}, bubble(cmd, program, own, p, want)
}

// runner finds the program that makes containers.
func (l *Launcher) runner() (name, program string, err error) {
	names := Runners
	if l.cfg.Runner != "" {
		names = []string{l.cfg.Runner}
	}
	for _, name := range names {
		if program, err := exec.LookPath(name); err == nil {
			return name, program, nil
		}
	}
	return "", "", fmt.Errorf("confinement: the tier container needs bubblewrap (bwrap) or gVisor (runsc); not installed: %s", strings.Join(names, ", "))
}

// bubble has bubblewrap make it.
func bubble(cmd *process.Command, program, own string, p inside.Plan, want process.Launch) error {
	plan, err := json.Marshal(p)
	if err != nil {
		return err
	}
	args := []string{"bwrap", "--unshare-all", "--die-with-parent", "--as-pid-1", "--hostname", "module",
		"--uid", "0", "--gid", "0", "--cap-drop", "ALL", "--cap-add", "CAP_SETPCAP", "--proc", "/proc", "--tmpfs", "/proc/sys", "--ro-bind", own, place}
	for _, link := range p.Links {
		args = append(args, "--symlink", link.Target, link.Path)
	}
	for _, m := range p.Mounts {
		how := "--ro-bind"
		switch {
		case m.Device:
			how = "--dev-bind"
		case m.Write:
			how = "--bind"
		}
		args = append(args, how, m.Path, m.Path)
	}
	cmd.Path = program
	cmd.Args = append(args, "--remount-ro", "/", "--chdir", want.Folder, place)
	cmd.Env = []string{inside.Variable + "=" + string(plan)}
	cmd.SysProcAttr = nil
	return nil
}

func without(list []string, name string) (out []string) {
	for _, s := range list {
		if s != name {
			out = append(out, s)
		}
	}
	return out
}
