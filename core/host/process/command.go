package process

import (
	"fmt"
	"os"
)

// Start starts the command and closes ExtraFiles, which are the module's.
// Afterwards Process is the one that is to be the module, whoever made it.
func (c *Command) Start() error {
	defer c.Drop()
	if c.Lower != nil {
		if err := c.Lower(); err != nil {
			return err
		}
	}
	err := c.Cmd.Start()
	if err != nil || c.Heir == nil {
		return err
	}
	for _, f := range c.ExtraFiles { // or what is read below would never end
		f.Close()
	}
	var pid int
	_, never := fmt.Fscan(c.Heir, &pid)
	if never == nil && pid <= 1 { // to a signal, 0 and -1 are everybody
		never = fmt.Errorf("%d is no number of a process", pid)
	}
	if _, err := c.Process.Wait(); err != nil {
		return err
	}
	if never != nil {
		return fmt.Errorf("the launcher made no process: %w", never)
	}
	c.Process, err = os.FindProcess(pid)
	return err
}

// Drop lets go of the files that the command was made with: those of one that is
// not started after all.
func (c *Command) Drop() {
	for _, f := range append(c.ExtraFiles, c.Heir) {
		f.Close() // no error that is of use: nil, or closed already
	}
}
