package host_test

import (
	"net/url"
	"os"
	"path/filepath"
	"syscall"
)

var fileTrials = []trial{
	{name: "read-core", stops: "its mount namespace holds no such file, and Landlock allows none but its own", sees: "each attempt: `no such file or directory` or permission denied",
		do: func(y *yard) { y.repelled(url.Values{"core": {y.secret()}}) }},
	{name: "read-neighbour", stops: "the same", sees: "each attempt: `no such file or directory` or permission denied",
		do: func(y *yard) {
			path := filepath.Join(y.home(voisin), "secret")
			check(y.t, os.WriteFile(path, []byte("the neighbour's secret"), 0o600))
			y.repelled(url.Values{"neighbour": {path}})
		}},
	{name: "write-outside", stops: "what it sees of the machine is read-only, Landlock besides", sees: "nothing outside its folder has changed; each attempt is told in the log: `write into`",
		do: func(y *yard) {
			secret := y.secret()
			dirs := []string{filepath.Dir(secret), y.home(voisin), filepath.Join(built, "hostile"), built, y.dir, y.run}
			y.attack(url.Values{"core": {secret}, "dir": dirs}) // a path may exist in its own namespace and be its own
			if b, err := os.ReadFile(secret); err != nil || string(b) != "the core's secret" {
				y.t.Errorf("the core's file is %q, %v", b, err)
			}
			for _, d := range dirs {
				if left, _ := filepath.Glob(filepath.Join(d, "marque*")); len(left) > 0 {
					y.t.Errorf("it wrote %v", left)
				}
			}
		}},
	{name: "plant-links", stops: "the core opens a module's folder through a root that no link leaves; the link leads nowhere for the module either", sees: "through the link: `no such file or directory` or permission denied; the core's file is untouched",
		do: func(y *yard) {
			secret := y.secret()
			for _, a := range y.attack(url.Values{"core": {secret}}) {
				if a.Got {
					y.t.Errorf("not contained: %s", a.Try)
				}
			}
			check(y.t, y.Disable(y.t.Context(), school, victim)) // the core goes through the folder at a start
			eventually(y.t, "it stops", func() bool { return y.status(y.t, victim).PID == 0 })
			check(y.t, y.Enable(y.t.Context(), school, victim))
			eventually(y.t, "it comes back", y.Ready)
			info, err := os.Stat(secret)
			check(y.t, err)
			if b, _ := os.ReadFile(secret); string(b) != "the core's secret" || info.Mode().Perm() != 0o600 || info.Sys().(*syscall.Stat_t).Nlink != 1 {
				y.t.Errorf("the core's file was touched: %q %v", b, info.Mode())
			}
		}},
	{name: "replace-binary", stops: "its program and manifest are read-only for it", sees: "each attempt fails: `read-only file system` or permission denied; the program is the same",
		do: func(y *yard) {
			folder := filepath.Join(built, "hostile")
			before, err := os.Stat(filepath.Join(folder, "hostile"))
			check(y.t, err)
			y.repelled(url.Values{"folder": {filepath.Join(folder, "module.yaml")}})
			after, err := os.Stat(filepath.Join(folder, "hostile"))
			if err != nil || !os.SameFile(before, after) || before.ModTime() != after.ModTime() || before.Mode() != after.Mode() {
				y.t.Errorf("the program is another one: %v", err)
			}
		}},
}

const filtered = "the filter of system calls"

var kernelTrials = []trial{
	{name: "exec", stops: filtered + ": no program is ever executed again", sees: "`function not implemented`", do: func(y *yard) { y.repelled(nil) }},
	{name: "memfd", stops: filtered, sees: "`function not implemented`", do: func(y *yard) { y.repelled(nil) }},
	{name: "io-uring", stops: filtered, sees: "`function not implemented`", do: func(y *yard) { y.repelled(nil) }},
	{name: "bpf", stops: filtered, sees: "`function not implemented`", do: func(y *yard) { y.repelled(nil) }},
	{name: "mount", stops: filtered + ", and no capability in its user namespace", sees: "`function not implemented`",
		do: func(y *yard) {
			if y.status(y.t, victim).Tier == "none" {
				y.t.Fatal("not confined: it would really mount")
			}
			y.repelled(url.Values{"mounts": {"own"}})
		}},
	{name: "unshare", stops: filtered, sees: "`function not implemented`", do: func(y *yard) { y.repelled(nil) }},
	{name: "odd-calls", stops: filtered, sees: "`function not implemented`", do: func(y *yard) { y.repelled(nil) }},
}
