package host_test

import (
	"context"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// TestUpgradeUnderLoad: 200 requests a second meet an upgrade that migrates two
// schools; none fails, and what was acknowledged is there.
func TestUpgradeUnderLoad(t *testing.T) {
	h := counting(t, one, nil)
	load := h.traffic(5*time.Millisecond, h.fill(t))
	load.answered(t, 100)
	var steps []string
	report, err := h.Upgrade(t.Context(), counter, two.source(t), host.Plan{Tell: func(s host.Step) {
		if !slices.Contains(steps, s.Name) {
			steps = append(steps, s.Name)
		}
	}})
	check(t, err)
	load.answered(t, 100)
	load.end(t)
	t.Logf("requests waited %v at most", report.Held)
	h.wants(t, "2.0.0", load.kept)
	if want := []string{"rehearse", "start", "drain", "copy", "activate", "migrate", "release"}; !slices.Equal(steps, want) {
		t.Errorf("steps %v, want %v", steps, want)
	}
	if want := []ids.SchoolID{other, school}; !slices.Equal(report.Migrated, want) || report.Schema != 2 || report.Undone || report.From != "1.0.0" {
		t.Errorf("report %+v", report)
	}
	if _, err := os.Stat(filepath.Join(h.dir, "backups", "modules", report.Backup, string(school)+".db")); err != nil {
		t.Errorf("the copy: %v", err)
	}
	if s := h.status(t, counter); s.Restarts != 0 {
		t.Errorf("%d restarts", s.Restarts)
	}
}

// TestFailedUpgrades: whatever is wrong with the new version, the old one serves
// again, nothing is lost, no request failed, and the reason is told.
func TestFailedUpgrades(t *testing.T) {
	for _, c := range []struct {
		name string
		version
		key, says string
	}{
		{"does not start", version{fault: "exit"}, "host.upgrade.rehearsal", "exit status 3"},
		{"dies in the handshake", version{fault: "handshake"}, "host.upgrade.rehearsal", "host.nostart"},
		{"is another module", version{program: "brut", fault: "id"}, "host.upgrade.rehearsal", "host.stranger"},
		{"writes another schema", version{program: "brut", fault: "schema"}, "host.upgrade.rehearsal", "host.otherschema"},
		{"panics in its first page", version{fault: "page"}, "host.upgrade.rehearsal", "first page"},
		{"hangs in a widget", version{fault: "widget"}, "host.upgrade.rehearsal", "widget total"},
		{"crashes when activated", version{program: "brut", fault: "crash"}, "host.upgrade.undone", "host.noactivate"},
		{"hangs when activated", version{program: "brut", fault: "hang"}, "host.upgrade.undone", "host.noactivate"},
		{"lies about a migration", version{program: "brut", fault: "lie"}, "host.upgrade.undone", "host.otherschema"},
		{"fails to migrate the second school", version{fault: "fail:" + string(other)}, "host.upgrade.undone", "compteur.broken"},
		{"hangs in a migration", version{fault: "hang:" + string(other)}, "host.upgrade.undone", "host.upgrade.migration"},
		{"dies in a migration", version{fault: "die:" + string(other)}, "host.upgrade.undone", "host.upgrade.migration"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := counting(t, one, func(cfg *host.Config) {
				cfg.Pace.Page, cfg.Pace.Migrate, cfg.Pace.Start = 3*time.Second, 2*time.Second, 6*time.Second
			})
			load := h.traffic(20*time.Millisecond, h.fill(t))
			c.number, c.schema = "2.0.0", 2
			report, err := h.Upgrade(t.Context(), counter, c.source(t), host.Plan{})
			if key(err) != c.key || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %q %v, want %q that says %q", key(err), err, c.key, c.says)
			}
			if undone := c.key == "host.upgrade.undone"; report.Undone != undone || report.Rehearsed != undone {
				t.Errorf("report %+v", report)
			}
			load.answered(t, 10)
			load.end(t)
			h.wants(t, "1.0.0", load.kept)
			if left, _ := os.ReadDir(filepath.Join(h.dir, "backups", "modules", string(counter))); len(left) != 0 {
				t.Errorf("copies of an upgrade that was undone stay: %v", left)
			}
			_, err = h.Upgrade(t.Context(), counter, two.source(t), host.Plan{})
			check(t, err)
			h.wants(t, "2.0.0", load.kept)
		})
	}
}

// TestLateIsNotDone: what ends well in the very moment of its deadline came too
// late, and only that.
func TestLateIsNotDone(t *testing.T) {
	late := func(ctx context.Context) error { <-ctx.Done(); return nil }
	for _, c := range []struct {
		name  string
		limit time.Duration
		do    func(context.Context) error
		kind  errors.Kind
		key   string
	}{
		{"in time", time.Hour, func(context.Context) error { return nil }, errors.OK, ""},
		{"late", time.Millisecond, late, errors.Timeout, "host.late"},
		{"late, and says so", time.Millisecond, func(ctx context.Context) error { return errors.Join(late(ctx), io.EOF) }, errors.Bug, "error.bug"},
	} {
		if err := host.WithinForTest(t.Context(), c.limit, c.do); errors.KindOf(err) != c.kind || key(err) != c.key {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestHungActivationIsGivenUpInTime: a process may take a minute to start, but
// one that hangs while requests wait is given up before they lose patience.
func TestHungActivationIsGivenUpInTime(t *testing.T) {
	h := counting(t, one, func(cfg *host.Config) { cfg.Pace.Start, cfg.Pace.Held = time.Minute, 12*time.Second })
	load := h.traffic(20*time.Millisecond, h.fill(t))
	hung := version{program: "brut", fault: "hang", number: "2.0.0", schema: 2}
	report, err := h.Upgrade(t.Context(), counter, hung.source(t), host.Plan{})
	if key(err) != "host.upgrade.undone" || !strings.Contains(err.Error(), "host.noactivate") || !report.Undone {
		t.Errorf("error %q %v, report %+v", key(err), err, report)
	}
	load.answered(t, 10)
	load.end(t) // none failed, so none waited longer than it may
	h.wants(t, "1.0.0", load.kept)
}

// TestDowngrade: to a version that knows the data, never to one that does not.
func TestDowngrade(t *testing.T) {
	h := counting(t, one, nil)
	kept := h.fill(t)
	later := version{number: "1.1.0", schema: 1}
	for _, step := range []struct {
		to  version
		key string
	}{
		{later, ""}, {one, ""}, {one, "host.upgrade.same"}, {two, ""}, {one, "host.upgrade.schema"},
		{version{number: "2.1.0", schema: 2}, ""}, {two, ""}, {later, "host.upgrade.schema"},
	} {
		source := step.to.source(t)
		if step.key == "host.upgrade.same" {
			was, err := h.Source(counter)
			check(t, err)
			source = was
		}
		_, err := h.Upgrade(t.Context(), counter, source, host.Plan{})
		if key(err) != step.key {
			t.Errorf("to %s: %v, want %q", step.to.number, err, step.key)
		}
		if err == nil {
			h.wants(t, step.to.number, kept)
		}
	}
	h.wants(t, "2.0.0", kept)
}

// TestUpgradeWaitsForConsent: a version that asks for more than was granted
// does not even start.
func TestUpgradeWaitsForConsent(t *testing.T) {
	h := counting(t, one, nil)
	kept := h.fill(t)
	asking := version{number: "1.1.0", schema: 1, asks: "directory.read"}
	source := packaged(t, asking.source(t).Folder)
	source.Tier = manifest.TierFirstParty
	report, err := h.Upgrade(t.Context(), counter, source, host.Plan{})
	if key(err) != "host.upgrade.consent" || errors.KindOf(err) != errors.Denied || !slices.Equal(report.Unaccepted, []string{"directory.read"}) || report.Rehearsed {
		t.Errorf("%+v, %v", report, err)
	}
	h.wants(t, "1.0.0", kept)
	source.Granted = append(source.Granted, "directory.read")
	_, err = h.Upgrade(t.Context(), counter, source, host.Plan{})
	check(t, err)
	h.wants(t, "1.1.0", kept)
}

// TestRehearsalOnly changes nothing.
func TestRehearsalOnly(t *testing.T) {
	h := counting(t, one, nil)
	kept := h.fill(t)
	report, err := h.Upgrade(t.Context(), counter, two.source(t), host.Plan{Rehearse: true})
	if err != nil || !report.Rehearsed || report.Undone {
		t.Errorf("%+v, %v", report, err)
	}
	h.wants(t, "1.0.0", kept)
}

// TestUpgradeRefuses what it cannot do, and a second change meanwhile.
func TestUpgradeRefuses(t *testing.T) {
	h := counting(t, one, nil)
	if _, err := h.Upgrade(t.Context(), "inconnu", two.source(t), host.Plan{}); errors.KindOf(err) != errors.NotFound {
		t.Errorf("an unknown module: %v", err)
	}
	if _, err := h.Upgrade(t.Context(), counter, host.Source{Folder: t.TempDir()}, host.Plan{}); errors.KindOf(err) != errors.Invalid {
		t.Errorf("no module: %v", err)
	}
	var second error
	_, err := h.Upgrade(t.Context(), counter, two.source(t), host.Plan{Tell: func(s host.Step) {
		if s.Name == host.StepDrain {
			if up := h.status(t, counter); up.Upgrading != "2.0.0" || up.Version != "1.0.0" {
				t.Errorf("meanwhile: %+v", up)
			}
			_, second = h.Upgrade(context.Background(), counter, version{number: "3.0.0", schema: 2}.source(t), host.Plan{})
		}
	}})
	check(t, err)
	if key(second) != "host.upgrade.busy" {
		t.Errorf("a second upgrade meanwhile: %v", second)
	}
}

// TestUpgradeThatTheCoreRefuses: words and permissions that cannot be taken, or a
// journal that cannot be written, undo it as well; those of the old version stand.
func TestUpgradeThatTheCoreRefuses(t *testing.T) {
	var shown []string
	var refuse string
	h := counting(t, one, func(c *host.Config) {
		c.Present = func(m *manifest.Manifest, _ string) error {
			shown = append(shown, m.Version)
			if refuse == "words" && m.Version == "2.0.0" {
				return errors.New(errors.Invalid, "locale.unreadable", "file", "fr.json")
			}
			return nil
		}
		c.Hook = func(_ context.Context, c host.Change) error {
			if refuse == "journal" && c.What == "upgraded" {
				return errors.New(errors.Unavailable, "audit.closed")
			}
			return nil
		}
	})
	kept := h.fill(t)
	for _, refuse = range []string{"words", "journal"} {
		_, err := h.Upgrade(t.Context(), counter, two.source(t), host.Plan{})
		if key(err) != "host.upgrade.undone" {
			t.Errorf("%s: %v", refuse, err)
		}
		h.wants(t, "1.0.0", kept)
		if n := len(shown); n == 0 || shown[n-1] != "1.0.0" {
			t.Errorf("%s: shown %v", refuse, shown)
		}
	}
}

// TestUpgradeLetsPagesFinishAndStreamsComeBack.
func TestUpgradeLetsPagesFinishAndStreamsComeBack(t *testing.T) {
	h := counting(t, one, nil)
	stream, err := h.open(t, counter, httptest.NewRequest("GET", "/direct", nil))
	check(t, err)
	slow := make(chan error, 1)
	began := make(chan struct{})
	go func() {
		close(began)
		body, err := h.ask(school, "GET", "/lent", nil)
		if err == nil && !strings.HasPrefix(body, "1.0.0") && !strings.HasPrefix(body, "2.0.0") {
			err = errors.Internal(io.ErrUnexpectedEOF)
		}
		slow <- err
	}()
	<-began
	_, err = h.Upgrade(t.Context(), counter, two.source(t), host.Plan{})
	check(t, err)
	check(t, <-slow)
	text, _ := io.ReadAll(stream.Body) // it ended, cleanly or cut
	stream.Body.Close()
	if string(text) != "1.0.0\n" {
		t.Errorf("the old stream said %q", text)
	}
	again, err := h.open(t, counter, httptest.NewRequest("GET", "/direct", nil))
	check(t, err)
	line := make([]byte, 6)
	_, err = io.ReadFull(again.Body, line)
	check(t, err)
	again.Body.Close()
	if string(line) != "2.0.0\n" {
		t.Errorf("the new stream says %q", line)
	}
}

// TestUpgradeTellsWhoWaitsTooLong: a migration longer than the gate's patience
// costs a message, and no data.
func TestUpgradeTellsWhoWaitsTooLong(t *testing.T) {
	h := counting(t, one, func(c *host.Config) { c.Pace.Held = 100 * time.Millisecond })
	kept := h.fill(t)
	waiting := version{number: "2.0.0", schema: 2, fault: "wait:" + string(other)}
	_, err := h.Upgrade(t.Context(), counter, waiting.source(t), host.Plan{Tell: func(s host.Step) {
		if s.Name != host.StepMigrate || s.Done != 1 {
			return
		}
		if _, err := h.ask(school, "GET", "/", nil); key(err) != "host.upgrading" || errors.KindOf(err) != errors.Unavailable {
			t.Errorf("a page meanwhile: %v", err)
		}
		check(t, os.WriteFile(filepath.Join(h.dir, "modules", string(counter), "go-on"), nil, 0o600))
	}})
	check(t, err)
	h.wants(t, "2.0.0", kept)
}

// TestStopUndoesAnUpgrade: the host does not wait for a migration, and leaves
// data that the old version knows.
func TestStopUndoesAnUpgrade(t *testing.T) {
	dir := t.TempDir()
	h := countingIn(t, dir, one, nil)
	kept := h.fill(t)
	waiting := version{number: "2.0.0", schema: 2, fault: "wait:" + string(other)}
	stopped := make(chan struct{})
	_, err := h.Upgrade(t.Context(), counter, waiting.source(t), host.Plan{Tell: func(s host.Step) {
		if s.Name == host.StepMigrate && s.Done == 1 {
			go func() { h.end(); close(stopped) }()
		}
	}})
	if key(err) != "host.upgrade.undone" {
		t.Errorf("%v", err)
	}
	<-stopped
	countingIn(t, dir, one, nil).wants(t, "1.0.0", kept)
}
