package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
)

// lighthouse is the program of bench/lighthouse, which visits pages on a phone
// on a slow line.
type lighthouse struct {
	cmd *exec.Cmd
	ask *json.Encoder
	out *json.Decoder
	end func() error
}

// vitalSigns are what a visit is judged by: milliseconds until the largest thing
// is painted and for which the page cannot react, the part of the page that
// jumped, and how fast Lighthouse finds this machine.
type vitalSigns struct{ LCP, CLS, TBT, Index float64 }

func newLighthouse() *lighthouse {
	const folder = "bench/lighthouse"
	if _, err := os.Stat(filepath.Join(folder, "node_modules")); err != nil {
		install := exec.Command("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
		install.Dir, install.Stderr = folder, os.Stderr
		check(install.Run())
	}
	browser, err := exec.LookPath("chromium")
	check(err)
	l := &lighthouse{cmd: exec.Command("node", filepath.Join(folder, "visit.mjs"))}
	l.cmd.Env = append(os.Environ(), "CHROME_PATH="+browser)
	l.cmd.Stderr = os.Stderr
	in, err := l.cmd.StdinPipe()
	check(err)
	out, err := l.cmd.StdoutPipe()
	check(err)
	l.ask, l.out, l.end = json.NewEncoder(in), json.NewDecoder(out), in.Close
	check(l.cmd.Start())
	return l
}

// highEnd is the least BenchmarkIndex of the machines that Lighthouse's slowdown
// of 4 is meant for; from those below, one of 2 leads to the same phone (its
// guide to throttling, "Calibrating the CPU slowdown").
const highEnd = 1500

// slowdown is how many times slower than a machine of this index the phone is.
func slowdown(index float64) int {
	if index < highEnd {
		return 2
	}
	return 4
}

// visit opens the address in a browser that has nothing but the cookie ("a=b"), on
// a phone so many times slower than this machine.
func (l *lighthouse) visit(address, cookie string, slowdown int) (v vitalSigns) {
	check(l.ask.Encode(map[string]any{"url": address, "cookie": cookie, "slowdown": slowdown}))
	check(l.out.Decode(&v))
	return v
}

func (l *lighthouse) stop() {
	check(l.end())
	check(l.cmd.Wait())
}
