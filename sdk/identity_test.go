package sdk

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

func TestScalar(t *testing.T) {
	for line, want := range map[string]string{
		"id: devoirs":               "devoirs",
		"id:   devoirs   # le sien": "devoirs",
		`id: "devoirs" # le sien`:   "devoirs",
		"id: 'devoirs'":             "devoirs",
		"id: \"devoirs":             `"devoirs`,
		"id:":                       "",
		"  - {id: devoirs.read}":    "no",
		"identity: x":               "no",
		"# id: x":                   "no",
	} {
		got, ok := scalar(line, "id")
		if !ok {
			got = "no"
		}
		if got != want {
			t.Errorf("scalar(%q) = %q, want %q", line, got, want)
		}
	}
}

func TestScanIdentity(t *testing.T) {
	for _, c := range []struct {
		yaml string
		want identity
		ok   bool
	}{
		{"id: devoirs\nversion: 1.2.0\n", identity{"devoirs", "1.2.0", 1}, true},
		{"id: devoirs\nversion: 1.2.0\nschema: 3 # depuis 1.2\n", identity{"devoirs", "1.2.0", 3}, true},
		{"id: devoirs\nversion: 1.2.0\nsettings:\n  schema: 7\n", identity{"devoirs", "1.2.0", 1}, true},
		{"id: devoirs\nversion: 1.2.0\nschema: trois\n", identity{}, false},
		{"id: devoirs\n", identity{}, false},
	} {
		got, err := scanIdentity(strings.NewReader(c.yaml))
		if (err == nil) != c.ok || c.ok && got != c.want {
			t.Errorf("%q: %+v, %v", c.yaml, got, err)
		}
	}
}

// TestLogIsWhatGoPluginReads holds the keys of its client.
func TestLogIsWhatGoPluginReads(t *testing.T) {
	var b bytes.Buffer
	newLog(&b, "devoirs").Warn("lent", slog.Group("g", "level", "x"), "n", 3)
	var line map[string]any
	if err := json.Unmarshal(b.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	if line["@level"] != "warn" || line["@message"] != "lent" || line["@module"] != "devoirs" || line["@timestamp"] == nil || line["n"] != 3.0 {
		t.Errorf("line %v", line)
	}
	if g, _ := line["g"].(map[string]any); g["level"] != "x" {
		t.Errorf("a group's own level became %v", line["g"])
	}
}

func TestReadOnlyMappings(t *testing.T) {
	for line, want := range map[string]bool{
		"00400000-00a2b000 r-xp 00000000 00:1f 12 /m/bonjour":                 true,
		"00a2b000-011e8000 r--p 0062b000 00:1f 12                 /m/bonjour": true,
		"011e8000-0125b000 rw-p 00de7000 00:1f 12 /m/bonjour":                 false,
		"7f00-7f10 r--p 00000000 00:1f 13 /m/bonjour2":                        false,
		"7f00-7f10 rw-p 00000000 00:00 0":                                     false,
		"garbage /m/bonjour":                                                  false,
	} {
		if from, to, ok := readOnly(line, "/m/bonjour"); ok != want || ok && from >= to {
			t.Errorf("readOnly(%q) = %x-%x %v", line, from, to, ok)
		}
	}
}

// TestSettlesOnceWhenQuiet counts what pings without a call between them lead to.
func TestSettlesOnceWhenQuiet(t *testing.T) {
	m := &thriftyModule{Runtime: NewRuntime(New(), Setting{})}
	for _, c := range []struct {
		when    string
		calls   int64 // so far
		settled int64 // 0: never, or by how many calls, and one
	}{
		{"after the start", 0, 1},
		{"and again", 0, 1},
		{"while there is work", 3, 1},
		{"nothing since", 3, 4},
	} {
		m.calls.Store(c.calls)
		if _, err := m.Ping(context.Background(), &wire.PingRequest{}); err != nil {
			t.Fatal(err)
		}
		if got := m.settled.Load(); got != c.settled {
			t.Errorf("%s: settled is %d, want %d", c.when, got, c.settled)
		}
	}
}

func TestGuardRefusesWhatDoesNotFit(t *testing.T) {
	if err := fits(&wire.PutRequest{Chunk: make([]byte, wire.MaxMessage+1)}); errors.KindOf(err) != errors.TooLarge {
		t.Errorf("err = %v", err)
	}
	if err := fits(&wire.PutRequest{Chunk: make([]byte, wire.MaxMessage-10)}); err != nil {
		t.Errorf("err = %v", err)
	}
}
