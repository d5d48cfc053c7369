package console

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
)

const forum = modulesPath + "/forum"

func TestHaltedByTheSchool(t *testing.T) {
	b := newBench(t)
	b.mods.now = host.Status{State: supervise.Serving, Circuit: host.Closed}
	has(t, "serving", b.ok("yann", "GET", forum), forum+"/arreter", forum+"/redemarrer", "Activé")
	if to := b.ok("yann", "POST", forum+"/arreter"); to != forum || !b.mods.off[college] || b.mods.off[lycee] || b.mods.by.Person != b.member("yann").Person() {
		t.Errorf("%s %v %v", to, b.mods.off, b.mods.by)
	}
	text := b.ok("yann", "GET", forum)
	has(t, "halted", text, "Arrêté", "est arrêté dans votre établissement", forum+"/reprendre", forum+"/desactiver")
	lacks(t, "halted", text, forum+"/arreter", forum+"/redemarrer")
	has(t, "overview", b.ok("yann", "GET", root), "« Le forum » est arrêté")
	has(t, "list", b.ok("yann", "GET", modulesPath), "Arrêté")
	if b.ok("yann", "POST", forum+"/reprendre"); b.mods.off[college] {
		t.Error("not resumed")
	}
	b.refuses("yann", "POST", modulesPath+"/nothing/arreter", errors.NotFound)
}

func TestHaltedByTheOperator(t *testing.T) {
	b := newBench(t)
	b.mods.now = host.Status{State: supervise.Stopped, Halted: true}
	text := b.ok("yann", "GET", forum)
	has(t, "halted", text, "arrêté pour tous les établissements par l’exploitant")
	lacks(t, "halted", text, forum+"/reprendre", forum+"/arreter", forum+"/redemarrer")
}

func TestQuarantineIsShown(t *testing.T) {
	b := newBench(t)
	at := time.Date(2026, 11, 21, 10, 30, 0, 0, time.UTC)
	b.mods.now = host.Status{State: supervise.Quarantined, Restarts: 2, Quarantine: &host.Quarantine{At: at, Limit: supervise.Limits[0],
		Reason: "ended: exit status 3", Lines: []host.Line{{At: at, Level: "error", Text: "first words"}, {At: at, Level: "error", Text: "last words"}}}}
	text := b.ok("yann", "GET", forum)
	has(t, "quarantine", text, "Mis à l’écart", "3 fois en une minute", "10 h 30", "ended: exit status 3", "last words", forum+"/redemarrer")
	if strings.Index(text, "last words") > strings.Index(text, "first words") {
		t.Error("the newest line is not the first")
	}
	has(t, "overview", b.ok("yann", "GET", root), "mis à l’écart après plusieurs pannes")
	if to := b.ok("yann", "POST", forum+"/redemarrer"); to != forum || b.mods.restarts != 1 || b.mods.by.Person != b.member("yann").Person() {
		t.Errorf("%s, %d restarts by %v", to, b.mods.restarts, b.mods.by)
	}
	b.mods.restarted = errors.Wrap(errors.New(errors.Unavailable, "x"), errors.Unavailable, "host.nostart")
	b.ok("yann", "POST", forum+"/redemarrer")
	b.mods.restarted = errors.Wrap(context.DeadlineExceeded, errors.Unavailable, "host.nostart")
	b.ok("yann", "POST", forum+"/redemarrer")
	b.mods.restarted = errors.New(errors.Unavailable, "host.halted")
	b.refuses("yann", "POST", forum+"/redemarrer", errors.Unavailable)
	b.mods.on[college] = false // another school's module is not theirs to restart
	b.refuses("yann", "POST", forum+"/redemarrer", errors.NotFound)
	lacks(t, "off", b.ok("yann", "GET", forum), "Mis à l’écart", forum+"/redemarrer")
}

func TestHealth(t *testing.T) {
	b := newBench(t)
	b.mods.now = host.Status{State: supervise.Serving, Circuit: host.HalfOpen}
	lacks(t, "without samples", b.ok("yann", "GET", forum), "Sa santé")
	for i := range 100 {
		b.mods.trend = append(b.mods.trend, host.Sample{At: b.now.Add(time.Duration(i-100) * 5 * time.Second), RSS: int64(10+i) * megabyte, FDs: 20, Restarts: i / 50})
	}
	has(t, "with samples", b.ok("yann", "GET", forum), "Sa santé", "Mémoire utilisée", "en 8 minutes", "20 ouverts", "<svg", "répond mal en ce moment")
	if n := thinned(b.mods.trend); len(n) != shownSamples || n[0] != b.mods.trend[0] || n[len(n)-1] != b.mods.trend[99] {
		t.Errorf("%d points", len(n))
	}
}

// TestChangedProgramIsShown: a module whose program was replaced is the
// operator's to set right.
func TestChangedProgramIsShown(t *testing.T) {
	b := newBench(t)
	at := time.Date(2026, 11, 21, 10, 30, 0, 0, time.UTC)
	b.mods.now = host.Status{ID: "forum", State: supervise.Quarantined, Quarantine: &host.Quarantine{At: at, Reason: "sha256 a instead of b"}}
	text := b.ok("yann", "GET", forum)
	has(t, "page", text, "Non démarré : programme modifié", "n’est plus celui qui a été vérifié", "10 h 30")
	lacks(t, "page", text, forum+"/redemarrer", "0 fois en", "sha256")
	has(t, "overview", b.ok("yann", "GET", root), "n’est plus celui qui a été vérifié")
	b.refuses("yann", "POST", forum+"/redemarrer", errors.Denied)
	if b.mods.restarts != 0 {
		t.Error("restarted by a school")
	}
}

// TestDamagedQuarantineIsShown: neither is one of which nobody can tell why it was
// put aside a school's to restart.
func TestDamagedQuarantineIsShown(t *testing.T) {
	b := newBench(t)
	b.mods.now = host.Status{ID: "forum", State: supervise.Quarantined, Quarantine: &host.Quarantine{At: b.now, Reason: "bits fell over", Damage: errors.New(errors.Bug, "")}}
	text := b.ok("yann", "GET", forum)
	has(t, "page", text, "à vérifier par l’exploitant", "la raison en est devenue illisible")
	lacks(t, "page", text, forum+"/redemarrer", "programme modifié", "bits fell over")
	has(t, "overview", b.ok("yann", "GET", root), "doit d’abord le vérifier")
	b.refuses("yann", "POST", forum+"/redemarrer", errors.Denied)
	if b.mods.restarts != 0 {
		t.Error("restarted by a school")
	}
}
