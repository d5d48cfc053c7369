package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/preau-ent/preau/bench/tree"
	"github.com/preau-ent/preau/sdk/ui"
)

// grafana is the baseline of the page lane: the program of bench/grafana, which
// makes resource calls as Grafana does, for the bytes of the same page.
type grafana struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func newGrafana(dir string) *grafana {
	program, page := filepath.Join(dir, "grafana"), filepath.Join(dir, "page")
	compile := exec.Command("go", "build", "-C", "bench/grafana", "-ldflags", "-s -w", "-o", program, ".")
	compile.Env = append(os.Environ(), "CGO_ENABLED=0")
	compile.Stderr = os.Stderr
	check(compile.Run())
	body, err := ui.Encode(tree.Page)
	check(err)
	check(os.WriteFile(page, body, 0o600))
	g := &grafana{cmd: exec.Command(program, page)}
	g.cmd.Stderr = os.Stderr
	g.in, err = g.cmd.StdinPipe()
	check(err)
	out, err := g.cmd.StdoutPipe()
	check(err)
	g.out = bufio.NewScanner(out)
	check(g.cmd.Start())
	return g
}

// paced has it call from this many goroutines for the span.
func (g *grafana) paced(conns int) (p pace) {
	_, err := fmt.Fprintln(g.in, conns, span)
	check(err)
	if !g.out.Scan() {
		stop(fmt.Errorf("bench/grafana said nothing: %w", g.out.Err()))
	}
	_, err = fmt.Sscan(g.out.Text(), &p.rate, &p.p50)
	check(err)
	return p
}

func (g *grafana) stop() {
	g.in.Close()
	check(g.cmd.Wait())
}
