package confine

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path"

	"github.com/preau-ent/preau/core/host/confine/inside"
	"github.com/preau-ent/preau/core/host/process"
)

// runner is the program that makes containers.
const runner = "bwrap"

// contain lets bubblewrap make the namespaces and the root, in which the
// launcher does the rest.
func (l *Launcher) contain(cmd *process.Command, p inside.Plan, want process.Launch) error {
	bwrap, err := exec.LookPath(runner)
	if err != nil {
		return errors.New("confinement: the tier container needs bubblewrap (bwrap), which is not installed")
	}
	own, err := os.Executable()
	if l.exec != "/proc/self/exe" {
		own = l.exec
	}
	if err != nil {
		return err
	}
	if err := checkStatic(own); err != nil {
		return err
	}
	place := path.Join("/launcher", inside.Name)
	p.Built = true
	p.Hidden = without(p.Hidden, own)
	plan, err := json.Marshal(p)
	if err != nil {
		return err
	}
	args := []string{runner, "--unshare-all", "--die-with-parent", "--as-pid-1", "--hostname", "module",
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
	cmd.Path = bwrap
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
