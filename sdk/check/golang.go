package check

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// largest is the size of an executable, in bytes, above which a vendor should
// know why: it is copied to every machine and mapped by every process.
const largest = 30 << 20

// tool returns the go command in the folder. Nothing in the environment of a
// vendor may make two machines disagree about what is built.
func tool(ctx context.Context, folder string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-mod=readonly -buildvcs=false", "GOWORK=off")
	return cmd
}

// vet is go vet.
func vet(ctx context.Context, folder string) Check {
	c := Check{Name: "vet"}
	if out, err := tool(ctx, folder, "vet", "./...").CombinedOutput(); err != nil {
		c.Findings = complaints(out, err)
	}
	return c.settle()
}

// build makes the executable as it is delivered and weighs it.
func build(ctx context.Context, folder string) Check {
	c := Check{Name: "build"}
	room, err := os.MkdirTemp("", "preau-check")
	if err != nil {
		c.Findings = []Finding{{Detail: err.Error()}}
		return c.settle()
	}
	defer os.RemoveAll(room)
	exe := filepath.Join(room, "module")
	if out, err := tool(ctx, folder, "build", "-trimpath", "-ldflags", "-s -w", "-o", exe, ".").CombinedOutput(); err != nil {
		c.Findings = complaints(out, err)
		return c.settle()
	}
	info, err := os.Stat(exe)
	if err != nil {
		c.Findings = []Finding{{Key: "check.noprogram"}}
		return c.settle()
	}
	c.Count = int(info.Size())
	if info.Size() > largest {
		c.Findings = []Finding{{Key: "check.large", Args: []any{"n", int(info.Size() >> 20), "most", largest >> 20}, Odd: true}}
	}
	return c.settle()
}

// complaints is what the go command said, a finding for each line.
func complaints(out []byte, err error) []Finding {
	var found []Finding
	for line := range bytes.Lines(out) {
		if s := strings.TrimRight(string(line), " \n"); s != "" && !strings.HasPrefix(s, "#") {
			found = append(found, Finding{Detail: s})
		}
	}
	if len(found) == 0 && err != nil {
		found = []Finding{{Detail: err.Error()}}
	}
	return found
}
