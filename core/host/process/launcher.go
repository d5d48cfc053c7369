package process

import "os/exec"

// Launch says what to start.
type Launch struct {
	Binary string   // absolute; ends with /<id>/<id>, so that the command line names the module
	Folder string   // of the module, holding module.yaml: the working directory
	Data   string   // the module's own folder
	Run    string   // the private folder of its sockets
	Env    []string // the whole environment
}

// Launcher makes the command that becomes the module's process. A launcher that
// confines returns a command of its own that ends in executing Binary; the
// process it starts must be the module's, or end with it.
type Launcher interface {
	Command(l Launch) (*exec.Cmd, error)
	// Tier names how far the process is confined, to be shown ("none").
	Tier() string
}

// Direct starts the binary as it is, unconfined.
type Direct struct{}

// Command implements [Launcher].
func (Direct) Command(l Launch) (*exec.Cmd, error) {
	cmd := exec.Command(l.Binary)
	cmd.Dir, cmd.Env = l.Folder, l.Env
	return cmd, nil
}

// Tier implements [Launcher].
func (Direct) Tier() string { return "none" }
