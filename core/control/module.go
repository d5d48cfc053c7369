package control

import (
	"context"
	"time"

	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// ModuleInfo is one module of a list.
type ModuleInfo struct {
	ID        ids.ModuleID   `json:"id"`
	Version   string         `json:"version"`
	State     string         `json:"state"` // starting serving degraded backing-off stopped
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

// ModuleRestart ends the process of a module with SIGTERM; its supervisor
// starts the next one. Unavailable when there is no process.
var ModuleRestart = define("module.restart", func(ctx context.Context, c *core.Core, in ids.ModuleID, _ Tell) (None, error) {
	if _, err := c.Host.Manifest(in); err != nil {
		return None{}, err
	}
	for _, s := range c.Host.Modules() {
		if s.ID != in || s.PID == 0 {
			continue
		}
		if err := c.Audit.Record(ctx, audit.Entry{Action: audit.ModuleRestarted, Object: string(in)}); err != nil {
			return None{}, err
		}
		if err := unix.Kill(s.PID, unix.SIGTERM); err != nil {
			return None{}, errors.Wrap(err, errors.Unavailable, "control.noprocess", "module", string(in))
		}
		return None{}, nil
	}
	return None{}, errors.New(errors.Unavailable, "control.noprocess", "module", string(in))
})
