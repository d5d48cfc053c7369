package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// product looks at the demonstration as a family meets it: memory of the idle
// module processes, weight of a pupil's first visit.
func product(t *table, dir string) {
	data, address := filepath.Join(dir, "demo"), freeAddress()
	cmd := exec.Command("bin/preau", "demo", "--data", data, "--listen", address)
	check(cmd.Start())
	defer func() {
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
	}()
	(&running{url: "http://" + address}).await()
	time.Sleep(15 * time.Second) // the core pings every 5 s; a module is idle when it served nothing between two
	memory(t, data)
	weight(t, "http://"+address, data)
}

// memory reads the resident memory of each module's process.
func memory(t *table, data string) {
	out, err := exec.Command("bin/preau", "module", "list", "--json", "--data", data).Output()
	check(err)
	var modules []struct {
		ID  string
		PID int
	}
	check(json.Unmarshal(out, &modules))
	for _, m := range modules {
		t.most("resident memory of idle "+m.ID, resident(m.PID), " MiB", 16)
	}
}

// resident is the resident memory of a process in MiB.
func resident(pid int) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	check(err)
	for line := range strings.Lines(string(status)) {
		if kb, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, err := strconv.Atoi(strings.Fields(kb)[0])
			check(err)
			return float64(n) / 1024
		}
	}
	stop(fmt.Errorf("process %d has no resident memory", pid))
	return 0
}
