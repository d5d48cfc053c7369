// Command preau-launcher is the launcher of confined modules as a program of its
// own: the core takes it instead of itself when it finds it in its own folder,
// built from the same version, because it starts sooner. Nobody else starts it.
package main

import _ "github.com/preau-ent/preau/core/host/confine/inside" // which acts in its init function

func main() {}
