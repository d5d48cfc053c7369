package host_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

const orphanHelper = "PREAU_HOST_ORPHAN"

// orphanMain is a core that runs modules until it is killed.
func orphanMain() {
	dir := os.Getenv(orphanHelper)
	built = os.Getenv("PREAU_HOST_BUILT")
	engine, err := bolt.Open(filepath.Join(dir, "core"))
	if err != nil {
		panic(err)
	}
	cfg, err := config(dir, engine)
	if err != nil {
		panic(err)
	}
	h, err := host.New(cfg)
	if err != nil {
		panic(err)
	}
	ctx := context.Background()
	if err := errors.Join(h.Enable(ctx, school, victim), h.Enable(ctx, school, voisin), h.Start(ctx)); err != nil {
		panic(err)
	}
	for _, s := range h.Modules() {
		fmt.Println(s.PID)
	}
	fmt.Println("ready")
	select {}
}

// TestNoOrphan: a core killed with SIGKILL leaves no module behind, not even
// one that ignores its lifeline and every signal it can.
func TestNoOrphan(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "modules", string(victim))
	check(t, os.MkdirAll(folder, 0o700))
	check(t, os.WriteFile(filepath.Join(folder, "fault"), []byte("deaf"), 0o600))
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), orphanHelper+"="+dir, "PREAU_HOST_BUILT="+built)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	var pids []int
	for lines := bufio.NewScanner(out); lines.Scan() && lines.Text() != "ready"; {
		pid, err := strconv.Atoi(lines.Text())
		check(t, err)
		pids = append(pids, pid)
	}
	if len(pids) != 2 {
		cmd.Process.Kill()
		t.Fatalf("%d modules ran, want 2", len(pids))
	}
	for i, id := range []string{"hostile", "voisin"} {
		line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pids[i]))
		check(t, err)
		if name, _, _ := strings.Cut(string(line), "\x00"); !strings.HasSuffix(name, "/"+id+"/"+id) {
			t.Errorf("command line %q does not name the module %s", name, id)
		}
		env, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pids[i]))
		check(t, err)
		if strings.Contains(string(env), orphanHelper) || strings.Contains(string(env), "PATH=") {
			t.Errorf("the core's environment reached module %s: %q", id, env)
		}
	}
	check(t, cmd.Process.Kill())
	cmd.Wait()
	for _, pid := range pids {
		eventually(t, "the module is gone", func() bool { return gone(pid) })
	}
}

// gone reports that the process does not run any more; as a zombie that
// nobody here can reap it counts as gone.
func gone(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return true
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(stat), ") Z ")
}

// TestStopKillsTheDeaf: Stop does not wait for a module that will not go.
func TestStopKillsTheDeaf(t *testing.T) {
	h := newHouse(t, nil, victim)
	h.fault(t, victim, "deaf")
	h.start(t)
	pid := h.pid(t, victim)
	check(t, h.Stop(t.Context()))
	if !gone(pid) {
		t.Error("still there after Stop")
	}
}
