package process

import (
	"fmt"
	"os"
)

// Start starts the command and closes ExtraFiles, which are the module's.
// Afterwards Process is the one that is to be the module, whoever made it.
func (c *Command) Start() error {
	err := c.Cmd.Start()
	for _, f := range c.ExtraFiles {
		f.Close()
	}
	if c.Heir == nil {
		return err
	}
	defer c.Heir.Close()
	if err != nil {
		return err
	}
	var pid int
	_, never := fmt.Fscan(c.Heir, &pid)
	if _, err := c.Process.Wait(); err != nil {
		return err
	}
	if never != nil {
		return fmt.Errorf("the launcher made no process: %w", never)
	}
	c.Process, err = os.FindProcess(pid)
	return err
}
