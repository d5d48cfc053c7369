package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/preau-ent/preau/sdk"
)

const ofResources = "faults of resources"

// Bounds of what leaks, fills and multiplies, confined or not.
const (
	leakedBytes  = 768 << 20
	leakedThings = 50_000
	leakedFiles  = 20_000
	bombSize     = 300
	filledBytes  = 96 << 20
	filledFiles  = 140_000
	floodedLines = 20_000
	spinning     = 3 * time.Second
)

var resources = []wrong{
	{Name: "leak-memory", Family: ofResources, Tries: fmt.Sprintf("keeps %d MB", leakedBytes>>20), call: leakMemory},
	{Name: "leak-goroutines", Family: ofResources, Tries: fmt.Sprintf("starts %d goroutines that never end", leakedThings), call: leakGoroutines},
	{Name: "leak-descriptors", Family: ofResources, Tries: "opens files until no descriptor is left", call: leakDescriptors},
	{Name: "spin", Family: ofResources, Tries: "spins on every processor", call: spin},
	{Name: "fork-bomb", Family: ofResources, Tries: fmt.Sprintf("forks %d times", bombSize), call: forkBomb},
	{Name: "disk-fill", Family: ofResources, Tries: fmt.Sprintf("writes %d MB into its own folder", filledBytes>>20), call: fillDisk},
	{Name: "inode-fill", Family: ofResources, Tries: fmt.Sprintf("makes %d empty files in its own folder", filledFiles), call: fillInodes},
	{Name: "log-flood", Family: ofResources, Tries: fmt.Sprintf("logs %d lines at once", floodedLines), call: floodLog},
	{Name: "log-injection", Family: ofResources, Tries: "writes terminal codes and forged lines into its log", call: injectLog},
}

var kept [][]byte

// leakMemory keeps what it takes; a limit on this process bounds it whatever
// else does not.
func leakMemory(r *sdk.Request) {
	limit(syscall.RLIMIT_AS, 4<<30)
	const step = 4 << 20
	for range leakedBytes / step {
		b := make([]byte, step)
		for i := 0; i < step; i += 4096 {
			b[i] = 1
		}
		kept = append(kept, b)
	}
	r.Log.Warn("kept memory", "bytes", leakedBytes)
}

// limit lowers a limit of this process; it can never raise one.
func limit(what int, to uint64) {
	var l syscall.Rlimit
	if syscall.Getrlimit(what, &l) == nil && l.Cur > to {
		l.Cur = to
		syscall.Setrlimit(what, &l)
	}
}

func leakGoroutines(r *sdk.Request) {
	for range leakedThings {
		go func() { select {} }()
	}
	r.Log.Warn("goroutines leaked", "now", runtime.NumGoroutine())
}

func leakDescriptors(r *sdk.Request) {
	limit(syscall.RLIMIT_NOFILE, leakedFiles)
	n := 0
	for ; n < leakedFiles; n++ {
		if _, err := syscall.Open(os.Getenv("HOME"), syscall.O_RDONLY|syscall.O_DIRECTORY|syscall.O_CLOEXEC, 0); err != nil {
			r.Log.Warn("descriptors used up", "opened", n, "said", err.Error())
			return
		}
	}
	r.Log.Warn("descriptors leaked", "opened", n)
}

func spin(r *sdk.Request) {
	r.Log.Warn("spinning", "for", spinning)
	for range runtime.NumCPU() * 2 {
		go func() {
			for end := time.Now().Add(spinning); time.Now().Before(end); {
			}
		}()
	}
}

func forkBomb(r *sdk.Request) {
	for n := range bombSize {
		if _, e := fork(0, false, 5*time.Second); e != 0 {
			r.Log.Warn("fork refused", "forks", n, "said", e.Error())
			return
		}
	}
	r.Log.Warn("all forks made", "forks", bombSize)
}

func fillDisk(r *sdk.Request) {
	limit(syscall.RLIMIT_FSIZE, filledBytes)
	f, err := os.Create(filepath.Join(os.Getenv("HOME"), "plein"))
	if err != nil {
		r.Log.Warn("disk fill refused", "said", err.Error())
		return
	}
	defer f.Close()
	block := make([]byte, 1<<20)
	for n := range filledBytes / len(block) {
		if _, err := f.Write(block); err != nil {
			r.Log.Warn("disk full", "megabytes", n, "said", err.Error())
			return
		}
	}
	r.Log.Warn("disk filled", "bytes", filledBytes)
}

func fillInodes(r *sdk.Request) {
	dir := filepath.Join(os.Getenv("HOME"), "petits")
	os.Mkdir(dir, 0o700)
	for n := range filledFiles {
		f, err := os.Create(filepath.Join(dir, strconv.Itoa(n)))
		if err != nil {
			r.Log.Warn("files refused", "made", n, "said", err.Error())
			return
		}
		f.Close()
	}
	r.Log.Warn("files made", "made", filledFiles)
}

func floodLog(r *sdk.Request) {
	for i := range floodedLines {
		r.Log.Info("flood " + strconv.Itoa(i))
	}
	os.Stderr.WriteString(strings.Repeat("flood without end ", 4<<10))
}

// forged looks like a line of the core's own, should anyone let a line end in.
const forged = "innocent\r\n{\"level\":\"ERROR\",\"msg\":\"forged line of the core\"}\npreau: forged"

func injectLog(r *sdk.Request) {
	r.Log.Info("\x1b[2J\x1b[31m" + forged + "\u202e")
	r.Log.Info("k", "v\nforged=1", forged)
	os.Stderr.WriteString("\x1b]0;title\x07" + forged + "\n")
	os.Stderr.WriteString(`{"@level":"error","@message":"preau: forged by field","@module":"core","x":"\u001b[31m"}` + "\n")
}
