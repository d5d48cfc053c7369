package control

import (
	"context"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/sdk/ids"
)

// ModuleRestart lets a module's process finish and starts a fresh one; a
// quarantine is over with it. Unavailable when it did not start, or when there
// is nothing to restart: no server, no school that uses it, halted.
var ModuleRestart = define("module.restart", func(ctx context.Context, c *core.Core, in ids.ModuleID, _ Tell) (None, error) {
	return None{}, c.Host.Restart(ctx, in)
})

// HaltOf names what is to be halted or set going again.
type HaltOf struct {
	Module ids.ModuleID `json:"module"`
	School ids.SchoolID `json:"school"` // empty: for everybody
}

// ModuleStop halts a module at once, for one school or for everybody.
var ModuleStop = define("module.stop", func(ctx context.Context, c *core.Core, in HaltOf, _ Tell) (None, error) {
	if err := knownSchool(ctx, c, in.School); err != nil {
		return None{}, err
	}
	return None{}, c.Host.Halt(ctx, in.Module, in.School)
})

// ModuleResume takes a halt back.
var ModuleResume = define("module.resume", func(ctx context.Context, c *core.Core, in HaltOf, _ Tell) (None, error) {
	if err := knownSchool(ctx, c, in.School); err != nil {
		return None{}, err
	}
	return None{}, c.Host.Resume(ctx, in.Module, in.School)
})

// knownSchool is NotFound for a school that does not exist; empty is none.
func knownSchool(ctx context.Context, c *core.Core, school ids.SchoolID) error {
	if school == "" {
		return nil
	}
	_, err := c.Identity.School(ctx, school)
	return err
}
