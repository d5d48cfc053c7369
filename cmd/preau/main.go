// Command preau is a school's digital workspace: the server, and everything an
// operator does to it. `preau help` lists the verbs.
//
// Exit codes: 0 done; 1 failed; 2 wrong use of the command; 3 an import was
// refused; 4 the doctor found something wrong.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
