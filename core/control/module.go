package control

import (
	"context"
	"time"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/sdk/ids"
)

// ModuleInfo is one module of a list.
type ModuleInfo struct {
	ID        ids.ModuleID   `json:"id"`
	Version   string         `json:"version"`
	State     string         `json:"state"` // starting serving degraded backing-off quarantined stopped
	PID       int            `json:"pid"`   // 0: no process
	Restarts  int            `json:"restarts"`
	Schools   []ids.SchoolID `json:"schools"` // that enabled it
	Since     time.Time      `json:"since,omitzero"`
	LastError string         `json:"last_error,omitempty"`
	Tier      string         `json:"tier,omitempty"` // how far its process is confined
}

// LogOf asks for the last lines of a module's log.
type LogOf struct {
	Module ids.ModuleID `json:"module"`
	Lines  int          `json:"lines"` // 0: all that are kept
}

// ModuleList says how every module is. Without a server all are stopped.
var ModuleList = define("module.list", func(ctx context.Context, c *core.Core, _ None, _ Tell) ([]ModuleInfo, error) {
	schools, err := c.Identity.Schools(ctx)
	if err != nil {
		return nil, err
	}
	on := map[ids.ModuleID][]ids.SchoolID{}
	for _, s := range schools {
		for _, m := range c.Host.Enabled(s.ID) {
			on[m] = append(on[m], s.ID)
		}
	}
	list := []ModuleInfo{}
	for _, s := range c.Host.Modules() {
		info := ModuleInfo{
			ID: s.ID, Version: s.Version, State: string(s.State), PID: s.PID, Restarts: s.Restarts,
			Schools: on[s.ID], Since: s.Since, LastError: s.LastError, Tier: s.Tier,
		}
		if info.Schools == nil {
			info.Schools = []ids.SchoolID{}
		}
		list = append(list, info)
	}
	return list, nil
})

// LogLine is one line of a module's log.
type LogLine struct {
	At    time.Time `json:"at"`
	Level string    `json:"level"` // trace debug info warn error
	Text  string    `json:"text"`
}

// ModuleLogs returns the last lines of a module's log, oldest first. They are
// the server's: without one there are none.
var ModuleLogs = define("module.logs", func(_ context.Context, c *core.Core, in LogOf, _ Tell) ([]LogLine, error) {
	if _, err := c.Host.Manifest(in.Module); err != nil {
		return nil, err
	}
	list := []LogLine{}
	for _, l := range c.Host.Logs(in.Module, in.Lines) {
		list = append(list, LogLine{At: l.At, Level: l.Level, Text: l.Text})
	}
	return list, nil
})

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
