// Probe is run confined and unconfined: it makes the one attempt that its
// environment names and prints what came of it, nothing when it succeeded.
//
// It is well-behaved: what it connects to, signals or reads was made by the
// test for it, and what it changes is its own namespace's.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

func main() {
	runtime.LockOSThread()
	name, arg, _ := strings.Cut(os.Getenv("TRY"), "=")
	for _, of := range []map[string]func(string) error{files, network, processes, kernel, limits} {
		if try := of[name]; try != nil {
			if err := try(arg); err != nil {
				fmt.Println(err)
			}
			return
		}
	}
	fmt.Println("no such attempt:", name)
	os.Exit(1)
}
