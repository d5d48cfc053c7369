package core

import "path/filepath"

// hidden lists what is the core's own and no module may see: the self-test of
// each confined module looks for it.
func (c *Core) hidden() []string {
	data, err := filepath.Abs(c.Config.Data)
	if err != nil {
		return nil // host.New says why
	}
	return []string{filepath.Join(data, "core"), filepath.Join(data, "files"), filepath.Join(data, "backups"), filepath.Join(data, "preau.sock")}
}
