package inside

import "github.com/preau-ent/preau/core/host/seal"

// Name is what argument 0 ends with when the program is to act as launcher, and
// Variable the one variable of its environment: the [Plan] as JSON.
const (
	Name     = "preau-launcher"
	Variable = "PREAU_LAUNCH"
)

// The descriptors that a launcher is started with, besides the three standard
// ones: the module's lifeline, the pipe for one sentence when the module cannot
// be started (it reads empty when it was), and the first of Plan.Joins.
const (
	LifelineFD = 3
	ReportFD   = 4
	JoinFD     = 5
)

// ExecFD is the descriptor of the open executable, far from all others, and its
// name.
const (
	ExecFD         = 100
	openExecutable = "/proc/self/fd/100"
)

// Plan says what the process may have once it is the module. The host makes it;
// everything that can be decided outside is.
type Plan struct {
	Binary  string     // absolute; becomes argument 0
	Stamp   seal.Stamp // that the binary must have when it is executed
	Folder  string     // working directory
	Env     []string   // the module's whole environment
	Scratch string     // an existing folder on which the new root is built
	Mounts  []Mount    // in order: what the new root holds, besides /proc
	Links   []Link     // symbolic links of the new root
	Joins   int        // descriptors of control groups' cgroup.procs, from JoinFD on
	Core    string     // process id of the core, as the machine's /proc has it
	Nice    int        // 0…19
	// Processors are those it may run on, as the kernel numbers them; empty: all.
	Processors []int
	Limits     []Limit
	Filter     []byte   // seccomp program, as the kernel reads it
	Hidden     []string // must not be there, by the self-test
	Built      bool     // namespaces and mounts are made already, by a container's runner
	Runner     []string // to be executed instead of the module: a runner with a kernel of its own
	Kernel     string   // inside of such a runner: release of the machine's kernel, which must not answer
}

// Mount is one file or folder of the machine that stays visible, where it was.
type Mount struct {
	Path   string
	Write  bool // data may be changed; never executed then
	Exec   bool // everything under it may be executed
	Socket bool // sockets may be made in it
	File   bool // a file, not a folder
	Device bool // a device: a file that may be opened, whatever the mount
}

// Link is a symbolic link.
type Link struct{ Path, Target string }

// Limit is one resource limit, hard and soft.
type Limit struct {
	Resource int
	Value    uint64
}
