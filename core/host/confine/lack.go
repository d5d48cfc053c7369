package confine

// Needs are what [Examine] looks for.
var Needs = []string{"linux", "processor", "namespaces", "landlock", "seccomp"}

// Lack is one thing that the machine does not offer, and without which modules
// are not started.
type Lack struct {
	What   string // one of Needs
	Detail string // what to do, for the operator
}
