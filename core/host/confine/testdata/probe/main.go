// Probe is run confined and unconfined: it makes the one attempt that its
// environment names and prints what came of it, nothing when it succeeded; or
// each of a list, and prints a line for each.
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
	list, many := strings.CutPrefix(os.Getenv("TRY"), "each=")
	if !many {
		if err := attempt(list); err != nil {
			fmt.Println(err)
		}
		return
	}
	for try := range strings.SplitSeq(list, "\n") {
		fmt.Printf("%s\t%v\n", try, attempt(try))
	}
}

// attempt makes one attempt; one that is not known ends the program.
func attempt(try string) error {
	name, arg, _ := strings.Cut(try, "=")
	for _, of := range []map[string]func(string) error{files, network, processes, kernel, limits} {
		if try := of[name]; try != nil {
			return try(arg)
		}
	}
	fmt.Println("no such attempt:", name)
	os.Exit(1)
	return nil
}
