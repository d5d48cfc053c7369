package control

import (
	"context"
	"fmt"
	"time"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/host"
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

	Running   string   `json:"running,omitempty"`   // version of the process there is; Version is the one configured
	Upgrading string   `json:"upgrading,omitempty"` // version that is taking over
	Last      *Renewal `json:"last_upgrade,omitempty"`

	Circuit    string         `json:"circuit,omitempty"` // closed half-open open
	RSS        int64          `json:"rss,omitempty"`     // bytes
	FDs        int            `json:"fds,omitempty"`
	Halted     bool           `json:"halted"`                   // stopped by hand for everybody
	HaltedIn   []ids.SchoolID `json:"halted_schools,omitempty"` // stopped by hand for these
	Quarantine *Quarantine    `json:"quarantine,omitempty"`
	Damaged    []Damaged      `json:"damaged,omitempty"`
}

// Damaged is a record about a module that cannot be read.
type Damaged struct {
	Record string `json:"record"` // quarantine halt choice
	About  string `json:"about"`  // the module; with its school before it when it is a school's choice
}

// aboutOf names what a damaged record is about.
func aboutOf(d host.Damage) string {
	if d.School == "" {
		return string(d.Module)
	}
	return fmt.Sprintf("%s/%s", d.School, d.Module)
}

// Renewal is how the last upgrade of a module ended.
type Renewal struct {
	From   string    `json:"from"`
	To     string    `json:"to"`
	At     time.Time `json:"at"`
	Undone string    `json:"undone,omitempty"` // why it was; empty: it was not
}

// Quarantine says why a module is not started any more.
type Quarantine struct {
	At      time.Time `json:"at"`
	Crashes int       `json:"crashes"` // so many; 0: its program is not the one that was verified, or its record is damaged
	Within  float64   `json:"within"`  // in so many seconds
	Reason  string    `json:"reason"`  // of the last
	Lines   []LogLine `json:"lines"`   // the last of its log then, oldest first
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
	damaged := map[ids.ModuleID][]Damaged{}
	for _, d := range c.Host.Damaged() {
		damaged[d.Module] = append(damaged[d.Module], Damaged{d.Record, aboutOf(d)})
	}
	list := []ModuleInfo{}
	for _, s := range c.Host.Modules() {
		info := ModuleInfo{
			ID: s.ID, Version: s.Version, State: string(s.State), PID: s.PID, Restarts: s.Restarts,
			Schools: on[s.ID], Since: s.Since, LastError: s.LastError, Tier: s.Tier,
			Running: s.Running, Upgrading: s.Upgrading, Circuit: string(s.Circuit), RSS: s.RSS, FDs: s.FDs, Halted: s.Halted, HaltedIn: s.HaltedIn,
			Damaged: damaged[s.ID],
		}
		last, err := c.Host.LastUpgrade(ctx, s.ID)
		if err != nil {
			return nil, err
		}
		if last != nil {
			info.Last = &Renewal{From: last.From, To: last.To, At: last.At, Undone: last.Reason}
		}
		if q := s.Quarantine; q != nil {
			info.Quarantine = &Quarantine{At: q.At, Crashes: q.Limit.Crashes, Within: q.Limit.Within.Seconds(), Reason: q.Reason, Lines: logLines(q.Lines)}
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
	return logLines(c.Host.Logs(in.Module, in.Lines)), nil
})

func logLines(lines []host.Line) []LogLine {
	list := make([]LogLine, 0, len(lines))
	for _, l := range lines {
		list = append(list, LogLine{At: l.At, Level: l.Level, Text: l.Text})
	}
	return list
}
