package control

import (
	"context"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/host/confine"
)

// lookAtConfinement says what the machine lacks to confine modules, and that
// they run without when the operator said so.
func lookAtConfinement(_ context.Context, c *core.Core, check *Check) error {
	lacks := confine.Examine()
	check.Examined = len(confine.Needs)
	if c.Config.Confinement == "off" {
		check.odd("doctor.unconfined", "", "")
		return nil
	}
	for _, l := range lacks {
		check.find("doctor.confinement", l.What, l.Detail)
	}
	return nil
}
