package host_test

import (
	"io/fs"
	"path/filepath"
	"strings"
	"time"
)

var resourceTrials = []trial{
	{name: "leak-memory", stops: "the memory quota of its manifest: beyond it the process ends, nobody else", sees: "the page is `unavailable`, and the module is started again",
		do: func(y *yard) {
			if raced {
				y.t.Skip("with the race detector no process has a limit on memory")
			}
			if status, _, err := y.get("/faute/leak-memory"); err == nil {
				y.t.Errorf("it kept all it wanted: %d", status)
			}
			y.restarted()
		}},
	{name: "leak-goroutines", stops: "the same quota: goroutines are memory", sees: "the log says `goroutines leaked`; the module answers on",
		do: func(y *yard) { y.pageSays("leak-goroutines"); y.recovers() }},
	{name: "leak-descriptors", stops: "a limit on descriptors (RLIMIT_NOFILE)", sees: "the module's log says `too many open files`; its trouble is its own",
		do: func(y *yard) { y.pageSays("leak-descriptors") }},
	{name: "spin", stops: "a niceness of 19, and half of the processors: who wants to work goes first", sees: "the neighbour answers meanwhile, and so does the core: `20 answers`; the log says `spinning`",
		do: func(y *yard) {
			y.pageSays("spin")
			for range 20 {
				y.answers(voisin)
			}
			y.note("20 answers")
		}},
	{name: "fork-bomb", stops: "a limit on processes; all of them end with the first one of their namespace", sees: "the log says `fork refused`",
		do: func(y *yard) {
			y.pageSays("fork-bomb")
			y.widgetFails("exit", 10, 9)
			y.restarted()
			eventually(y.t, "only the new process is left", func() bool { return len(y.processes()) <= 2 })
		}},
	{name: "disk-fill", stops: "the disk quota of its manifest", sees: "the log says `disk full` before it wrote what it wanted",
		do: func(y *yard) {
			y.pageSays("disk-fill")
			if n, size := y.weighs(); size > 80<<20 {
				y.t.Errorf("%d files of %d bytes are in its folder", n, size)
			}
		}},
	{name: "inode-fill", stops: "the host counts a module's files: at most 100,000; a fifth more, and the process ends", sees: "`killed`, with the count: `files, may keep`",
		do: func(y *yard) {
			y.SetPageTimeForTest(5 * time.Minute)
			y.pageSays("inode-fill")
			// The more files, the rarer the host counts them: that must not cost it more than a twentieth of the time.
			y.await(3*time.Minute, "never ended", func() bool { return y.status(y.t, victim).Restarts > 0 })
		}},
	{name: "log-flood", stops: "at most 100 lines a second are kept; the rest is counted", sees: "a line says how many were `dropped`",
		do: func(y *yard) {
			y.pageSays("log-flood")
			eventually(y.t, "the count of lines left out", func() bool { return strings.Contains(y.evidence(), "dropped") })
		}},
	{name: "log-injection", stops: "controls and marks of direction are escaped, and one line stays one line", sees: "the line as it was meant, with `\\x1b[31m` in letters",
		do: func(y *yard) {
			y.pageSays("log-injection")
			eventually(y.t, "the lines", func() bool { return strings.Contains(y.evidence(), "forged by field") })
			for _, l := range y.Logs(victim, 0) {
				if strings.ContainsAny(l.Text, "\x1b\x07\n\r\u202e") {
					y.t.Errorf("a line with what acts on a terminal: %q", l.Text)
				}
			}
			if strings.Contains(y.log.String(), "\nforged") || strings.Contains(y.log.String(), "\x1b") {
				y.t.Errorf("the core's log has a line that is not its own:\n%q", y.log)
			}
		}},
}

// pageSays has a fault done by a page, and waits for what the module has to say
// of it or its end.
func (y *yard) pageSays(name string) {
	y.t.Helper()
	y.get("/faute/" + name)
}

// weighs counts the files of the hostile module's folder and their bytes on disk.
func (y *yard) weighs() (files int, size int64) {
	filepath.WalkDir(y.home(victim), func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				files++
				size += info.Size()
			}
		}
		return nil
	})
	return files, size
}

// spell is how long the trials of a whole site wait for a late answer.
const spell = 200 * time.Millisecond
