// Command module is package atelier as a process.
package main

import (
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/internal/atelier"
)

func main() { sdk.Serve(atelier.Module()) }
