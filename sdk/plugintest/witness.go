package plugintest

import (
	"encoding/json"
	"os"

	"github.com/preau-ent/preau/sdk/ids"
)

// RecordEnv names a file to which every harness adds who tried to use which
// permission; `preau plugin check` reads in it what a module's tests cover.
const RecordEnv = "PREAU_PLUGINTEST_RECORD"

// Try is one line of that file, as JSON.
type Try struct {
	Test       string         `json:"test"`
	Permission ids.Permission `json:"permission"`
	Profile    ids.Profile    `json:"profile"`
	Refused    bool           `json:"refused"`
}

// Unrecorded keeps what is tried out of that file: for suites that try
// everything, whose tries say nothing of the module's own tests.
func Unrecorded() Option { return func(c *config) { c.unrecorded = true } }

// witness adds one line. A file that cannot be written fails the test: whoever
// asked for it would believe that nothing was tried.
func (v *Visitor) witness(p ids.Permission, allowed bool) {
	file := os.Getenv(RecordEnv)
	if file == "" || v.h.unrecorded {
		return
	}
	line, err := json.Marshal(Try{Test: v.h.t.Name(), Permission: p, Profile: v.profile(), Refused: !allowed})
	if err != nil {
		v.h.t.Fatal(err)
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		v.h.t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Write(append(line, '\n')); err != nil { // one write: lines of many processes do not mix
		v.h.t.Fatal(err)
	}
}
