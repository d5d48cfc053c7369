package host_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

// spoil closes a house and changes bytes in the file of one of its core's spaces,
// wherever they stand: the copies that bbolt no longer uses as well.
func (h *house) spoil(t *testing.T, space ids.SchoolID, what, with string) {
	t.Helper()
	if len(what) != len(with) {
		t.Fatal("a file's bytes do not move")
	}
	check(t, h.Stop(t.Context()))
	check(t, h.engine.Close())
	name := filepath.Join(h.dir, "core", string(space)+".db")
	file, err := os.ReadFile(name)
	check(t, err)
	if !bytes.Contains(file, []byte(what)) {
		t.Fatalf("%q is not in the file", what)
	}
	check(t, os.WriteFile(name, bytes.ReplaceAll(file, []byte(what), []byte(with)), 0o600))
	h.engine, err = bolt.Open(filepath.Dir(name))
	check(t, err)
	t.Cleanup(func() { h.engine.Close() })
}

// said is a log that a test reads.
type said struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.out.Write(p)
}

func (s *said) has(words ...string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for line := range strings.Lines(s.out.String()) {
		all := true
		for _, w := range words {
			all = all && strings.Contains(line, w)
		}
		if all {
			return true
		}
	}
	return false
}

func (s *said) log(c *host.Config) { c.Log = slog.New(slog.NewTextHandler(s, nil)) }

// damaged wants exactly this record to be told of.
func (h *house) damaged(t *testing.T, m ids.ModuleID, record string) {
	t.Helper()
	if all := h.Damaged(); len(all) != 1 || all[0].Module != m || all[0].Record != record || all[0].Err == nil {
		t.Errorf("damaged: %+v, want the %s of %s", all, record, m)
	}
}

func (h *house) sound(t *testing.T) {
	t.Helper()
	if all := h.Damaged(); len(all) != 0 {
		t.Errorf("damaged: %+v", all)
	}
}

// TestDamagedQuarantine: a module of which only that it was put aside can be read
// stays aside, whatever else it is now; the others serve, the operator is told,
// and what is written from then on is whole.
func TestDamagedQuarantine(t *testing.T) {
	for what, with := range map[string]string{
		`"text":{"id"`:         `"text":["id"`, // no JSON any more
		`"version":"`:          `"versiom":"`,  // JSON, of another version
		`"Limit":{"Crashes":3`: `"Limit":{"Crashes":0`,
	} {
		t.Run(with, func(t *testing.T) {
			t.Parallel()
			dir, binary := own(t)
			program, err := os.ReadFile(binary)
			check(t, err)
			h := newHouse(t, nil, victim, voisin)
			h.fault(t, victim, "exit")
			h.start(t)
			eventually(t, "it is put aside", func() bool { return h.status(t, victim).State == supervise.Quarantined })
			h.fault(t, victim, "")
			h.spoil(t, store.Global, what, with)

			check(t, os.CopyFS(filepath.Join(dir, string(voisin)), os.DirFS(filepath.Join(built, string(voisin)))))
			replace(t, binary, append(program, 0)) // which would have been a clean slate
			said := &said{}
			edit := func(c *host.Config) { c.Dirs = []string{dir}; said.log(c) }
			h = h.again(t, edit)
			h.start(t)
			h.says(t, school, voisin, "")
			h.says(t, school, victim, "host.aside")
			h.damaged(t, victim, host.RecordQuarantine)
			s := h.status(t, victim)
			if s.State != supervise.Quarantined || !h.Ready() || s.Quarantine == nil || s.Quarantine.Damage == nil || s.Quarantine.Changed() ||
				!strings.Contains(s.LastError, "cannot be read") {
				t.Errorf("%+v", s)
			}
			if !said.has("damaged", "module=hostile", "quarantine", "preau module restart hostile") {
				t.Error("the log does not say so")
			}
			check(t, h.Disable(t.Context(), school, victim)) // no way out
			check(t, h.Enable(t.Context(), school, victim))
			eventually(t, "it is supervised again", func() bool { return h.status(t, victim).State == supervise.Quarantined })

			check(t, h.Restart(t.Context(), victim))
			h.says(t, school, victim, "")
			h.sound(t)
			h.crash(t) // what is kept of that is whole
			check(t, h.Stop(t.Context()))
			h = h.again(t, edit)
			h.start(t)
			h.sound(t)
			if q := h.status(t, victim).Quarantine; q == nil || q.Limit != supervise.Limits[0] {
				t.Errorf("%+v", q)
			}
		})
	}
}

// TestDamagedQuarantineOfNobodysModule: it can be ended although no process would
// start.
func TestDamagedQuarantineOfNobodysModule(t *testing.T) {
	h := newHouse(t, nil, victim)
	h.fault(t, victim, "exit")
	h.start(t)
	eventually(t, "it is put aside", func() bool { return h.status(t, victim).State == supervise.Quarantined })
	h.fault(t, victim, "")
	h.spoil(t, store.Global, `"text":{"id"`, `"text":["id"`)
	h = h.again(t)
	h.start(t)
	check(t, h.Disable(t.Context(), school, victim))
	eventually(t, "nobody supervises it", func() bool { return h.status(t, victim).State == supervise.Stopped })
	h.damaged(t, victim, host.RecordQuarantine)
	check(t, h.Restart(t.Context(), victim))
	h.sound(t)
	check(t, h.Enable(t.Context(), school, victim))
	eventually(t, "it serves", h.Ready)
	h.says(t, school, victim, "")
	check(t, h.Stop(t.Context()))
	h.again(t).sound(t)
}

// TestDamagedHalt: a module stays halted for everybody whatever became of the
// record; resuming it ends that, halting it anew writes a sound one.
func TestDamagedHalt(t *testing.T) {
	h := newHouse(t, nil, victim, voisin)
	h.start(t)
	check(t, h.Halt(t.Context(), victim, ""))
	h.spoil(t, store.Global, `{"id":"hostile"}`, `{"id":"hostile":`)
	said := &said{}
	h = h.again(t, said.log)
	h.start(t)
	h.says(t, school, voisin, "")
	h.says(t, school, victim, "host.halted")
	h.damaged(t, victim, host.RecordHalt)
	if s := h.status(t, victim); !s.Halted || s.PID != 0 || !h.Ready() {
		t.Errorf("%+v", s)
	}
	if !said.has("damaged", "module=hostile", "halt", "preau module resume hostile") {
		t.Error("the log does not say so")
	}
	check(t, h.Halt(t.Context(), victim, ""))
	h.sound(t)
	h.spoil(t, store.Global, `{"id":"hostile"}`, `{"id":"hostile" `)
	h = h.again(t)
	h.start(t)
	h.damaged(t, victim, host.RecordHalt)
	check(t, h.Resume(t.Context(), victim, ""))
	eventually(t, "it serves again", h.Ready)
	h.says(t, school, victim, "")
	h.sound(t)
	check(t, h.Stop(t.Context()))
	h = h.again(t)
	h.start(t)
	h.sound(t)
	h.says(t, school, victim, "")
}

// TestDamagedChoice: what a school chose for a module and cannot be read any more
// is off there, and only there, until somebody chooses again.
func TestDamagedChoice(t *testing.T) {
	h := newHouse(t, nil, victim, voisin)
	check(t, h.Enable(t.Context(), other, victim))
	h.spoil(t, school, `{"id":"hostile","enabled":true`, `{"id":"hostile","enabled":tru3`)
	said := &said{}
	h = h.again(t, said.log)
	h.start(t)
	h.damaged(t, victim, host.RecordChoice)
	if d := h.Damaged()[0]; d.School != school || !said.has("damaged", "module=hostile", "preau school enable 0750655E hostile") {
		t.Errorf("%+v", d)
	}
	if h.IsEnabled(school, victim) {
		t.Error("what nobody can read is taken for a yes")
	}
	h.says(t, school, voisin, "")
	h.says(t, other, victim, "")
	if _, err := h.Settings(t.Context(), school, victim); err != nil {
		t.Errorf("its settings: %v", err)
	}
	check(t, h.Enable(t.Context(), school, victim))
	h.sound(t)
	h.says(t, school, victim, "")
	h.spoil(t, school, `{"id":"hostile","enabled":true`, `{"id":"hostile","enabled":tru3`)
	h = h.again(t)
	check(t, h.Disable(t.Context(), school, victim)) // as it is taken to be
	h.sound(t)
	check(t, h.Stop(t.Context()))
	h = h.again(t)
	h.sound(t)
	if h.IsEnabled(school, victim) {
		t.Error("it is on")
	}
}
